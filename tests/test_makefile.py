"""The commands of the Makefile, run by a real make in a copy whose path holds a space and an apostrophe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.browser.find_browser import NoBrowser, find_installed
from tests.conftest import terminal_environment

ROOT = Path(__file__).parent.parent
FILES = (
    "Makefile",
    "requirements.in",
    "requirements.txt",
    "requirements-dev.in",
    "requirements-dev.txt",
    "tests/browser/find_browser.py",
)
USER = {f"GIT_{who}_{what}": "Ani" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

# The first lines of a Python script, for an interpreter whose path may hold a space: `#!` alone cannot say it.
START = f"""#!/bin/sh
'''exec' "{sys.executable}" "$0" "$@"
' '''
"""
# Stands for the virtualenv's Python: notes each call's arguments and environment; says yes when asked for pip.
NOTING_PYTHON = f"""{START}
import os, runpy, sys
arguments = sys.argv[1:]
if arguments[:1] == ["-c"]:
    exec(arguments[1])
elif arguments[0].endswith("find_browser.py"):
    sys.argv = arguments
    runpy.run_path(arguments[0], run_name="__main__")
else:
    with open("calls", "a", encoding="utf-8") as calls:
        print(repr((arguments, dict(os.environ))), file=calls)
    if arguments[:3] == ["-m", "pip", "install"] and os.path.exists("pip-fails"):
        sys.exit(1)
"""
# Stands for Pelican: writes one page into the folder after -o.
ONE_PAGE = f"""{START}
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
folder.mkdir(exist_ok=True)
(folder / "index.html").write_text("<p>GYUMRI</p>", encoding="utf-8")
"""


@dataclass(frozen=True)
class Project:
    root: Path

    def make(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """One run of make, as a person at a terminal starts it: nothing is handed on from the run of these tests."""
        return subprocess.run(
            ["make", *arguments],
            cwd=self.root,
            env={**terminal_environment(), **USER, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[tuple[list[str], dict[str, str]]]:
        """The arguments and environment of each program that the noting Python was asked for."""
        noted = self.root / "calls"
        return [eval(line) for line in noted.read_text(encoding="utf-8").splitlines()] if noted.exists() else []  # noqa: S307

    def script(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    """The project's commands without a virtualenv."""
    root = tmp_path / "Ani's paper"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / ".ci", root / ".ci")
    (root / "content").mkdir()
    (root / "content/fair.md").write_text("copy", encoding="utf-8")
    return Project(root)


@pytest.fixture
def project(bare: Project) -> Project:
    """The project with a virtualenv that is up to date, and notes what it is asked for."""
    bare.script(".venv/bin/python", NOTING_PYTHON)
    bare.script(".venv/bin/pelican", ONE_PAGE)
    (bare.root / ".venv/pyvenv.cfg").touch()
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(bare.root / name, bare.root / f".venv/installed-{name}")
    return bare


# What a person reads.


def commands(help_text: str) -> list[str]:
    return re.findall(r"^  make (\S+)", help_text, flags=re.MULTILINE)


def test_make_alone_lists_the_commands_and_runs_none(bare: Project) -> None:
    run = bare.make()
    assert run.returncode == 0
    expected = (
        "help html clean regenerate serve serve-global devserver publish github rsync_upload s3_upload "
        "check new test test-all lint format schema lock"
    )
    assert set(expected.split()) <= set(commands(run.stdout))
    assert not (bare.root / ".venv").exists()


def test_every_command_has_a_line_in_the_list(bare: Project) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = makefile.partition(".PHONY:")[2].replace("\\\n", " ").splitlines()[0].split()
    silent = {"venv", "venv-dev", "input", "rsync-target", "s3-target"}
    assert set(phony) - silent == set(commands(bare.make().stdout))


# Paths and texts.


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("html", ["{venv}/bin/pelican", "{root}/content", "-o", "{root}/output", "-s", "{root}/pelicanconf.py"]),
        ("publish", ["{venv}/bin/pelican", "{root}/content", "-o", "{root}/public", "-s", "{root}/publishconf.py"]),
        ("regenerate", ["plugins.desk", "watch", "--content", "{root}/content", "--output", "{root}/output"]),
        ("serve", ["plugins.desk", "serve", "--bind", "127.0.0.1", "--port", "8000"]),
        ("devserver", ["plugins.desk", "serve", "--bind", "127.0.0.1", "--port", "8000"]),
        ("serve-global", ["plugins.desk", "serve", "--bind", "0.0.0.0", "--port", "8000"]),
        ("check", ["plugins.desk", "check", "--format", "text", "--content", "{root}/content"]),
        ("schema", ["plugins.desk", "schema", "--content", "{root}/content", "--output", "{root}/output"]),
    ],
)
def test_paths_with_spaces_are_one_word_for_the_shell(bare: Project, command: str, words: list[str]) -> None:
    shown = bare.make("-n", command).stdout.splitlines()[-1]
    split = subprocess.run(["sh", "-c", f"printf '%s\\n' {shown}"], capture_output=True, text=True, check=True).stdout
    expected = [word.format(root=bare.root, venv=".venv") for word in words]
    assert is_within(expected, split.splitlines())


def is_within(expected: list[str], found: list[str]) -> bool:
    """True when the words stand in `found` in this order."""
    rest = iter(found)
    return all(word in rest for word in expected)


@pytest.mark.parametrize(
    ("variable", "word"),
    [
        ("INPUTDIR=a folder", "a folder"),
        ("OUTPUTDIR=/tmp/Ani's site", "/tmp/Ani's site"),
        ("CONFFILE=other conf.py", "other conf.py"),
        ("DEBUG=1", "-D"),
        ("PELICANOPTS=--verbose --ignore-cache", "--ignore-cache"),
    ],
)
def test_variables_that_pelicans_users_know(bare: Project, variable: str, word: str) -> None:
    shown = bare.make("-n", "html", variable).stdout.splitlines()[-1]
    split = subprocess.run(["sh", "-c", f"printf '%s\\n' {shown}"], capture_output=True, text=True, check=True).stdout
    assert word in split.splitlines()


@pytest.mark.parametrize(
    "title",
    [
        "Harvest fair fills the square",
        'It\'s "free" for $5',
        "Back`tick` and $(shell touch pwned) and $$ and ${HOME}",
        "#1 on the list; touch pwned",
        "Half \\ back\\\\slash",
        "Գյումրիի տոնավաճառը՝ լեփ-լեցուն",
    ],
)
@pytest.mark.parametrize("given_in", ["command line", "environment"])
def test_a_title_reaches_the_program_as_typed(project: Project, title: str, given_in: str) -> None:
    run = project.make("new", f"TITLE={title}") if given_in == "command line" else project.make("new", TITLE=title)
    assert run.returncode == 0, run.stderr
    [(arguments, environ)] = project.calls()
    assert arguments[:3] == ["-m", "plugins.desk", "new"]
    assert environ["TITLE"] == title
    assert not (project.root / "pwned").exists()


def test_a_variable_that_nobody_gave_is_not_in_the_environment(project: Project) -> None:
    project.make("check", "STRICT=1", "NOW=2026-10-03T09:30+04:00")
    [(_, environ)] = project.calls()
    assert (environ["STRICT"], environ["NOW"]) == ("1", "2026-10-03T09:30+04:00")
    assert not {"SITEURL", "TITLE", "SECTION", "DATE", "STORY_LANG"} & environ.keys()


# The virtualenv.


def python_that(bare: Project, change: str) -> str:
    """The path of a real Python that runs `change` before the code given with -c."""
    text = f"{START}\nimport sys\n{change}\nexec(sys.argv[2])\n"
    return str(bare.script("bin/strange python", text))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("sys.version_info = (3, 9, 2, 'final', 0)", "needs Python 3.11 or newer, and '{py}' is Python 3.9.2"),
        (
            "sys.modules['ensurepip'] = None",
            "'{py}' cannot make a virtualenv. On Debian and Ubuntu: apt install python3-venv",
        ),
        (
            "sys.modules['venv'] = None",
            "'{py}' cannot make a virtualenv. On Debian and Ubuntu: apt install python3-venv",
        ),
        ("sys.exit(1)", "'{py}' does not run as Python"),
    ],
)
def test_a_python_that_will_not_do_is_named(bare: Project, change: str, message: str) -> None:
    py = python_that(bare, change)
    run = bare.make("html", f"PY={py}")
    assert run.returncode != 0
    assert message.format(py=py) in run.stderr
    assert "Traceback" not in run.stderr
    assert not (bare.root / ".venv").exists()


def test_a_python_that_is_not_there_is_named(bare: Project) -> None:
    run = bare.make("html", "PY=python3.99")
    assert run.returncode != 0
    assert "Python was not found under the name 'python3.99'" in run.stderr


def test_a_folder_that_is_no_virtualenv_is_left_alone(bare: Project) -> None:
    precious = bare.root / "content/fair.md"
    run = bare.make("html", "VENV=content", f"PY={sys.executable}")
    assert run.returncode != 0
    assert "'content' is there and is not a virtualenv" in run.stderr
    assert precious.exists()


def installs(project: Project) -> list[str]:
    return [arguments[-1] for arguments, _ in project.calls() if arguments[:3] == ["-m", "pip", "install"]]


def test_nothing_is_installed_while_the_lists_are_the_same(project: Project) -> None:
    project.make("html")
    project.make("lint")
    assert installs(project) == []


@pytest.mark.parametrize(
    ("changed", "command", "installed"),
    [
        (["requirements.txt", "requirements-dev.txt"], "html", ["requirements.txt"]),
        (["requirements.txt", "requirements-dev.txt"], "lint", ["requirements-dev.txt"]),
        (["requirements-dev.txt"], "html", []),
        (["requirements-dev.txt"], "lint", ["requirements-dev.txt"]),
    ],
)
def test_a_changed_list_is_installed_once(
    project: Project, changed: list[str], command: str, installed: list[str]
) -> None:
    for name in changed:
        with (project.root / name).open("a", encoding="utf-8") as lines:
            lines.write("# newer\n")
    project.make(command)
    project.make(command)
    assert installs(project) == installed


def test_an_install_checks_every_hash(project: Project) -> None:
    for stamp in (project.root / ".venv").glob("installed-*"):
        stamp.unlink()
    project.make("html")
    assert "--require-hashes" in project.calls()[0][0]


def test_an_install_that_broke_off_is_done_again(project: Project) -> None:
    (project.root / "requirements.txt").write_text("# other\n", encoding="utf-8")
    (project.root / "requirements-dev.txt").write_text("# other\n", encoding="utf-8")
    (project.root / "pip-fails").touch()
    failed = project.make("html")
    assert failed.returncode != 0
    assert "could not be installed" in failed.stderr
    assert not list((project.root / ".venv").glob("installed-*"))
    assert not (project.root / "output").exists()

    (project.root / "pip-fails").unlink()
    assert project.make("html").returncode == 0
    assert installs(project) == ["requirements.txt"] * 2


@pytest.mark.slow
def test_a_first_build_makes_a_virtualenv_that_can_build(bare: Project) -> None:
    (bare.root / "pelicanconf.py").write_text(
        "SITENAME = AUTHOR = 'The Courier'\nTIMEZONE = 'UTC'\nPLUGINS = []\nFEED_ALL_ATOM = None\n", encoding="utf-8"
    )
    (bare.root / "content/fair.md").write_text("Title: Fair\nDate: 2026-10-03\n\nGYUMRI.\n", encoding="utf-8")
    run = bare.make("html", f"PY={sys.executable}")
    assert run.returncode == 0, run.stderr
    assert "GYUMRI" in (bare.root / "output/fair.html").read_text(encoding="utf-8")
    assert "Installing" not in bare.make("html").stderr


# The lists of packages.


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_hashed_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|/", re.sub(r"(?m)#.*$", "", text))
    blocks = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==\S+ (; [^\\]+)?\\\n    --hash=sha256:[0-9a-f]{64}", block), block


def test_the_tests_use_the_versions_that_build_the_paper() -> None:
    pins = [
        dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pins[0].items() <= pins[1].items()


# clean


def site(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>GYUMRI</p>", encoding="utf-8")
    return folder


def test_clean_removes_what_builds_made(bare: Project) -> None:
    output, public = site(bare.root / "output"), site(bare.root / "public")
    assert bare.make("clean").returncode == 0
    assert not output.exists()
    assert not public.exists()
    assert (bare.root / "content/fair.md").exists()


def test_clean_of_nothing_is_no_fault(bare: Project) -> None:
    run = bare.make("clean")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_clean_removes_a_site_elsewhere(bare: Project, tmp_path: Path) -> None:
    elsewhere = site(tmp_path / "an other disk/site")
    assert bare.make("clean", f"OUTPUTDIR={elsewhere}").returncode == 0
    assert not elsewhere.exists()


@pytest.mark.parametrize("variable", ["OUTPUTDIR", "PUBLISHDIR"])
@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("", "the name is empty"),
        ("/", "it is the root of the disk"),
        ("{home}", "it is or holds {home}"),
        ("{home}/..", "it is or holds {home}"),
        (".", "it is or holds {root}"),
        ("..", "it is or holds {root}"),
        ("content", "it is, holds or stands in {root}/content"),
        ("content/images", "it is, holds or stands in {root}/content"),
        ("theme", "it is, holds or stands in {root}/theme"),
        ("theme/templates", "it is, holds or stands in {root}/theme"),
        ("archive", "it holds copy (.md)"),
        ("letters", "it holds neither a page nor a feed"),
        ("checkout", "it holds .git"),
        ("kept", "git keeps files of it"),
        ("link", "it is a link"),
        ("Makefile", "it is not a folder"),
    ],
)
def test_clean_refuses_what_no_build_made(
    bare: Project, tmp_path: Path, variable: str, folder: str, reason: str
) -> None:
    home = tmp_path / "home/ani"
    home.mkdir(parents=True)
    for name in ("theme/templates", "checkout/.git", "archive", "letters", "content/images", "kept"):
        site(bare.root / name)
    (bare.root / "archive/old.md").touch()
    (bare.root / "letters/index.html").rename(bare.root / "letters/one.txt")
    (bare.root / "link").symlink_to(bare.root / "theme")
    subprocess.run(["git", "init", "-q"], cwd=bare.root, check=True)
    subprocess.run(["git", "add", "kept"], cwd=bare.root, check=True)
    before = files(tmp_path)
    names = {"home": str(home), "root": str(bare.root)}
    run = bare.make("clean", f"{variable}={folder.format_map(names)}", HOME=str(home))
    assert run.returncode != 0
    assert f"is not removed: {reason.format_map(names)}" in run.stderr
    assert files(tmp_path) == before


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


# Publishing


def git(*arguments: str, cwd: Path) -> str:
    run = subprocess.run(["git", *arguments], cwd=cwd, env={**os.environ, **USER}, capture_output=True, check=True)
    return run.stdout.decode().strip()


@pytest.fixture
def remote(project: Project, tmp_path: Path) -> Path:
    """An empty repository, the project's `origin`."""
    path = tmp_path / "remote.git"
    git("init", "-q", "--bare", str(path), cwd=tmp_path)
    git("init", "-q", cwd=project.root)
    git("remote", "add", "origin", str(path), cwd=project.root)
    (project.root / ".venv/bin/ghp-import").symlink_to(Path(sys.executable).parent / "ghp-import")
    return path


def test_github_pushes_the_site_each_time(project: Project, remote: Path) -> None:
    for _ in range(2):
        run = project.make("github", GITHUB_PAGES_COMMIT_MESSAGE='Ani\'s "issue" of today')
        assert run.returncode == 0, run.stderr
    assert git("log", "--format=%s", "gh-pages", cwd=remote).splitlines() == ['Ani\'s "issue" of today'] * 2
    assert git("ls-tree", "--name-only", "gh-pages", cwd=remote).split() == [".nojekyll", "index.html"]


def test_github_forces_nothing(project: Project, remote: Path, tmp_path: Path) -> None:
    project.make("github")
    git("clone", "-q", "-b", "gh-pages", str(remote), "other", cwd=tmp_path)
    git("commit", "-q", "--allow-empty", "-m", "from elsewhere", cwd=tmp_path / "other")
    git("push", "-q", cwd=tmp_path / "other")
    project.make("github")
    assert "from elsewhere" in git("log", "--format=%s", "gh-pages", cwd=remote)


def test_nothing_is_pushed_when_the_build_fails(project: Project, remote: Path) -> None:
    project.script(".venv/bin/pelican", "#!/bin/sh\nexit 1\n")
    assert project.make("github").returncode != 0
    assert git("branch", cwd=remote) == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rsync_upload"], "SSH_HOST is missing"),
        (["rsync_upload", "SSH_HOST=www.courier.example"], "SSH_TARGET_DIR must name the site's own folder"),
        (["rsync_upload", "SSH_HOST=www.courier.example", "SSH_TARGET_DIR=/"], "SSH_TARGET_DIR must name"),
        (["s3_upload"], "S3_BUCKET is missing"),
        (["s3_upload", "S3_BUCKET=courier"], "aws is not installed"),
        (["rsync_upload", "SSH_HOST=a", "SSH_TARGET_DIR=/srv/b"], "rsync is not installed"),
    ],
)
def test_an_upload_that_cannot_be_is_refused_before_the_build(
    project: Project, arguments: list[str], message: str
) -> None:
    run = project.make(*arguments, PATH=str(few_programs(project)))
    assert run.returncode != 0
    assert message in run.stderr
    assert not (project.root / "public").exists()


def few_programs(project: Project) -> Path:
    """A folder for $PATH with a shell and what the commands need before they look for the uploader."""
    folder = project.root / "few"
    folder.mkdir()
    for name in ("make", "sh", "cmp", "env"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def test_rsync_is_told_to_check_and_to_delete_last(project: Project) -> None:
    project.script("bin/rsync", f"{START}\nimport sys\nprint(*sys.argv[1:], sep='\\n')\n")
    run = project.make(
        "rsync_upload",
        "SSH_HOST=www.courier.example",
        "SSH_USER=ani",
        "SSH_PORT=2222",
        "SSH_TARGET_DIR=/srv/courier",
        PATH=f"{project.root}/bin:{os.environ['PATH']}",
    )
    words = run.stdout.splitlines()
    assert {"--checksum", "--delay-updates", "--delete-delay", "--rsh=ssh -p 2222"} <= set(words)
    assert words[-2:] == [f"{project.root}/public/", "ani@www.courier.example:/srv/courier"]


@pytest.mark.slow
def test_rsync_brings_the_server_to_the_same_site(project: Project, tmp_path: Path) -> None:
    """The real rsync on both sides; the program in place of ssh starts the far side on this machine."""
    assert shutil.which("rsync"), "this test needs rsync: apt install rsync"
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nwhile [ "$1" != server ]; do shift; done\nshift\nexec "$@"\n', encoding="utf-8")
    ssh.chmod(0o755)
    server = tmp_path / "srv"
    server.mkdir()
    (server / "gone.html").touch()
    run = project.make("rsync_upload", f"SSH={ssh}", "SSH_HOST=server", f"SSH_TARGET_DIR={server}")
    assert run.returncode == 0, run.stderr
    assert [path.name for path in server.iterdir()] == ["index.html"]
    assert (server / "index.html").stat().st_mode & 0o777 == 0o644

    written = (server / "index.html").stat().st_mtime_ns
    project.make("rsync_upload", f"SSH={ssh}", "SSH_HOST=server", f"SSH_TARGET_DIR={server}")
    assert (server / "index.html").stat().st_mtime_ns == written


def test_s3_gets_pictures_before_pages_and_deletes_last(project: Project) -> None:
    project.script("bin/aws", f"{START}\nimport sys\nprint(*sys.argv[1:], sep='|')\n")
    run = project.make("s3_upload", "S3_BUCKET=courier", PATH=f"{project.root}/bin:{os.environ['PATH']}")
    public = project.root / "public"
    assert run.stdout.splitlines() == [
        f"s3|sync|{public}|s3://courier|--exclude|*.html",
        f"s3|sync|{public}|s3://courier|--delete",
    ]


# Tests and their browser


def test_test_hands_a_browser_to_pytest(project: Project) -> None:
    browser = project.script("bin/my chromium", "#!/bin/sh\n")
    run = project.make("test", "TESTS=tests/test_x.py", f"CHROMIUM={browser}")
    assert run.returncode == 0, run.stderr
    [(arguments, environ)] = project.calls()
    assert is_within(["pytest", "-n", "auto", "tests/test_x.py", "-m", "not slow"], arguments)
    assert environ["CHROMIUM"] == str(browser)


def test_test_does_not_start_without_a_browser(project: Project) -> None:
    run = project.make("test", "CHROMIUM=/no/such/browser")
    assert run.returncode != 0
    assert "CHROMIUM=/no/such/browser is no program that can be run" in run.stderr
    assert project.calls() == []


@pytest.mark.parametrize(
    ("installed", "named", "found"),
    [
        (["chromium"], None, "chromium"),
        (["google-chrome", "chromium-browser"], None, "chromium-browser"),
        (["google-chrome-stable"], None, "google-chrome-stable"),
        (["chromium", "nightly"], "nightly", "nightly"),
        (["chromium"], "", "chromium"),
    ],
)
def test_find_browser(tmp_path: Path, installed: list[str], named: str | None, found: str) -> None:
    for name in installed:
        (tmp_path / name).touch(mode=0o755)
    environ: Mapping[str, str] = {"PATH": str(tmp_path), **({} if named is None else {"CHROMIUM": named})}
    assert find_installed(environ) == tmp_path / found


def test_find_browser_takes_no_other_where_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "chromium").touch(mode=0o755)
    with pytest.raises(NoBrowser, match="CHROMIUM=nightly is no program"):
        find_installed({"PATH": str(tmp_path), "CHROMIUM": "nightly"})


# What calls make from outside


def words_after_make(text: str) -> set[str]:
    return set(re.findall(r"(?m)(?:^|`|&& |run: )make ([a-z][a-z0-9_-]*)", text))


@pytest.mark.parametrize(
    "name",
    [".ci/run", ".github/workflows/site.yml", ".github/workflows/test.yml", "CONTRIBUTING.md", "docs/for-operators.md"],
)
def test_commands_that_files_name_exist(bare: Project, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"(?ms)^```.*?^```|`[^`\n]+`", text)) if name.endswith(".md") else text
    assert words_after_make(code) <= set(commands(bare.make().stdout))


@pytest.mark.parametrize("name", ["site.yml", "test.yml"])
def test_workflows_may_only_read_unless_they_deploy(name: str) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    writers = {
        job: set(row["permissions"]) & {scope for scope, right in row["permissions"].items() if right == "write"}
        for job, row in workflow["jobs"].items()
        if "write" in row.get("permissions", {}).values()
    }
    assert writers == ({"deploy": {"pages", "id-token"}} if name == "site.yml" else {})
    assert not [step for step in workflow["jobs"].get("deploy", {"steps": []})["steps"] if "run" in step]
