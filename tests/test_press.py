"""The press: a rebuild equals a clean build, touches nothing that is right, and a fault touches nothing at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.press import making
from plugins.press.output import put
from tests import equality
from tests.conftest import picture, run_press, snapshot, story


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted(folder.rglob("*"))
    }


def test_a_second_build_changes_no_byte_and_no_stamp(build, tmp_path):
    files = {"community/fair.md": story(), "community/b.md": story("B"), "extra/ads.txt": "x"}
    first = build(files)
    assert first.written.changed
    # What was saved in the tick in which a build begins, the next build opens once more.
    build()
    before = stamps(tmp_path / "output"), stamps(tmp_path / ".press")
    second = build()
    assert (second.written.changed, second.written.removed) == ((), ())
    assert (stamps(tmp_path / "output"), stamps(tmp_path / ".press")) == before


@pytest.mark.parametrize(
    "fault",
    [
        {"community/bad.md": story(date="no date")},
        {"data/paper.toml": "name = "},
        {"community/bad.md": story(body="[x](gone.md)")},
        {"community/bad.md": story(photo="gone.png")},
        {"community/fair.txt": "text"},
    ],
    ids=["story", "table", "link", "picture", "ending"],
)
def test_an_error_leaves_every_byte_and_stamp_of_the_last_site(build, tmp_path, fault):
    build({"community/fair.md": story()})
    before = stamps(tmp_path / "output"), stamps(tmp_path / ".press/ledgers")
    site = build({"community/new.md": story("New"), **fault})
    assert site.stopped
    # What was read is kept in the store: it is as true as before.
    assert (stamps(tmp_path / "output"), stamps(tmp_path / ".press/ledgers")) == before
    assert not (tmp_path / ".press/.press-tmp").exists()


def test_a_story_that_goes_takes_its_files_with_it(build, tmp_path):
    build({"community/a.md": story("A"), "community/b.md": story("B", photo="b.png"), "community/b.png": picture()})
    assert (tmp_path / "output/community/b.png").exists()
    site = build({"community/b.md": None})
    assert "2026/10/03/b/index.html" in site.written.removed
    assert not (tmp_path / "output/2026/10/03/b").exists()
    assert not (tmp_path / "output/community/b.png").exists()


def test_a_file_that_no_build_wrote_stops_the_build_and_stays(build, tmp_path):
    build({"community/a.md": story("A")})
    (tmp_path / "output/left-over.html").write_text("held copy")
    site = build()
    assert site.stopped
    assert site.codes() >= {"output/stray"}
    assert (tmp_path / "output/left-over.html").read_text() == "held copy"


def test_dot_files_at_the_top_belong_to_git_and_the_host(build, tmp_path):
    (tmp_path / "output/.git").mkdir(parents=True)
    (tmp_path / "output/.git/HEAD").write_text("x")
    assert not build({"community/a.md": story("A")}).stopped
    assert (tmp_path / "output/.git/HEAD").exists()


def test_a_file_changed_by_hand_in_the_output_is_put_right(build, tmp_path):
    build({"community/a.md": story("A")})
    page = tmp_path / "output/index.html"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"A", b"B", 1))
    assert build().written.changed == ("index.html",)
    assert page.read_bytes() == right


def put_files(output: Path, files: dict[str, bytes], gone: tuple[str, ...] = ()) -> None:
    stage = output.parent / "stage"
    stage.mkdir(exist_ok=True)
    staged = {}
    for number, (name, data) in enumerate(files.items()):
        staged[name] = str(number)
        (stage / staged[name]).write_bytes(data)
    put(output, stage, staged, gone, lambda: None)


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path):
    put_files(tmp_path / "output", {"a": b"1", "b/c/d": b"2"})
    put_files(tmp_path / "output", {"a/x": b"3", "b": b"4"}, ("a", "b/c/d"))
    assert snapshot(tmp_path / "output") == {"a/x": b"3", "b": b"4"}


def test_the_place_of_the_checkout_is_in_no_byte(build, tmp_path):
    one = build({"community/a.md": story("A", body="Text.\n\n![x](a.png)"), "community/a.png": picture()})
    other = run_press(tmp_path / "content", tmp_path / "far/away/output", tmp_path / "far/.press")
    assert equality.difference(one.output, other.output) == []


def test_two_processes_with_other_locale_hash_seed_and_zone_write_the_same_bytes(tmp_path):
    import subprocess
    import sys

    content = tmp_path / "content"
    paper = equality.start(tmp_path, seed=5)
    outputs = []
    for number, (seed, zone, locale) in enumerate([("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")]):
        out = tmp_path / f"out{number}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "NOW": paper.now.isoformat()}
        override = f'PRESS_PATH="{tmp_path / f"press{number}"}"'
        command = [
            sys.executable,
            "-m",
            "pelican",
            str(content),
            "-o",
            str(out),
            "-s",
            "pelicanconf.py",
            "-e",
            override,
        ]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        outputs.append(out)
    assert equality.difference(*outputs) == []


def test_a_file_at_the_output_s_place_stays(build, tmp_path):
    (tmp_path / "output").write_text("mine")
    assert build({"community/a.md": story("A")}).codes() == {"output/stray"}
    assert (tmp_path / "output").read_text() == "mine"


def test_nothing_is_written_through_a_link(build, tmp_path):
    (tmp_path / "victim").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output/2026").symlink_to(tmp_path / "victim")
    site = build({"community/a.md": story("A")})
    assert site.stopped
    assert "output/stray" in site.codes()
    assert not list((tmp_path / "victim").iterdir())


def test_what_stands_in_a_hidden_folder_is_noticed_too(build, tmp_path):
    build({"community/a.md": story("A"), "extra/.well-known/security.txt": "x", "extra/.htaccess": "y"})
    assert (tmp_path / "output/.well-known/security.txt").read_text() == "x"
    (tmp_path / "output/.held").mkdir()
    (tmp_path / "output/.held/x.html").write_text("held")
    assert "output/stray" in build().codes()


def test_a_full_disk_leaves_the_last_site_whole(build, tmp_path, monkeypatch):
    build({"community/a.md": story("A")})
    before = stamps(tmp_path / "output")

    def full(path, mode):
        if path.endswith("-3"):
            raise OSError(28, "No space left on device", path)
        return Path(path).open(mode)

    monkeypatch.setattr(making, "open", full, raising=False)
    site = build({"community/b.md": story("B")})
    assert site.stopped
    assert site.codes() == {"output/cannot-write"}
    after = {name: stamp for name, stamp in stamps(tmp_path / "output").items() if name != "."}
    assert after == before


def test_two_builds_at_once_take_turns(tmp_path):
    import subprocess
    import sys

    paper = equality.start(tmp_path, seed=3)
    override = f'PRESS_PATH="{tmp_path / "press"}"'
    command = [sys.executable, "-m", "pelican", str(paper.content), "-o", str(tmp_path / "out"), "-s", "pelicanconf.py"]
    environment = {**os.environ, "NOW": paper.now.isoformat()}
    running = [
        subprocess.Popen([*command, "-e", override], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=120)[0].decode() for each in running]
    assert [each.returncode for each in running] == [0, 0, 0], said
