"""What may lie in content/, and what may be wrong with all that is no story's own text."""

from __future__ import annotations

import os
import random

import pytest

from plugins.press import scan
from plugins.press.scan import AT_ONCE
from tests.conftest import PAPER, picture, story


def errors(site) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.path, problem.line) for problem in site.problems if problem.severity == "error"]


@pytest.mark.parametrize("name", ["a.MD", "a.Md", "a.txt", "a.rst", "a.markdown", "a.html"])
def test_a_text_file_that_is_not_read_stops_the_build(build, name):
    site = build({f"news/{name}": story(), "news/b.md": story("B")})
    assert site.stopped
    assert errors(site) == [("file/extension", f"news/{name}", 0)]


def test_files_of_editors_and_systems_are_passed_over(build):
    site = build(
        {"news/a.md": story(), "news/.a.md.swp": b"\0", "news/a.md~": "x", ".DS_Store": b"\0", "news/#a.md#": "x"}
    )
    assert not site.problems


def test_a_link_that_leads_back_is_told_and_never_followed(build, tmp_path):
    build({"news/a.md": story()})
    (tmp_path / "content/news/loop").symlink_to(tmp_path / "content", target_is_directory=True)
    assert errors(build()) == [("file/symlink-loop", "news/loop", 0)]


def test_a_link_to_itself_or_to_nothing_is_told(build, tmp_path):
    build({"news/a.md": story()})
    (tmp_path / "content/news/self.md").symlink_to("self.md")
    (tmp_path / "content/news/gone.md").symlink_to("nowhere.md")
    assert errors(build()) == [("file/unreadable", "news/gone.md", 0), ("file/unreadable", "news/self.md", 0)]


def test_a_pipe_is_told_and_not_opened(build, tmp_path):
    build({"news/a.md": story()})
    os.mkfifo(tmp_path / "content/news/pipe.md")
    assert errors(build()) == [("file/special", "news/pipe.md", 0)]


def test_a_file_that_may_not_be_opened_is_told(build, tmp_path, monkeypatch):
    build({"news/a.md": story(), "news/b.md": story("B")})
    (tmp_path / "content/news/b.md").chmod(0)

    # Root may open every file, so the system's answer is given here.
    opens = os.open

    def refuse(path, *args, **more):
        if str(path).endswith("b.md"):
            raise PermissionError(13, "Permission denied")
        return opens(path, *args, **more)

    monkeypatch.setattr(os, "open", refuse)
    (problem,) = [problem for problem in build().problems if problem.severity == "error"]
    assert (problem.code, problem.path) == ("file/unreadable", "news/b.md")
    assert "permission denied" in problem.message


@pytest.mark.parametrize("size", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 5])
def test_a_file_of_any_size_is_read_whole(tmp_path, size):
    data = random.Random(size).randbytes(size)  # noqa: S311
    (tmp_path / "choir.ogg").write_bytes(data)
    assert scan.read_bytes(tmp_path, "choir.ogg") == data


def test_two_stories_at_one_address_name_each_other(build):
    site = build({"news/fair.md": story(), "culture/fair.md": story("Other")})
    (problem,) = [problem for problem in site.problems if problem.code == "url/collision"]
    assert {problem.path, "culture/fair.md"} == {"news/fair.md", "culture/fair.md"}
    assert "culture/fair.md" in problem.message


@pytest.mark.parametrize(
    "files",
    [
        {"pages/community.md": "---\ntitle: Community\n---\n\nText.\n"},
        {"pages/archive.md": "---\ntitle: Archive\n---\n\nText.\n"},
        {"extra/about": "x", "pages/about.md": "---\ntitle: About\n---\n\nText.\n"},
        {"extra/about.html": "x", "pages/about.md": "---\ntitle: About\n---\n\nText.\n"},
        {"extra/ABOUT/index.html": "x", "pages/about.md": "---\ntitle: About\n---\n\nText.\n"},
        {"extra/sitemap.xml": "x"},
        {"extra/INDEX.html": "x"},
    ],
    ids=["page and section", "page and archive", "file and folder", "x.html and x/", "case", "sitemap", "home"],
)
def test_two_things_at_one_address_stop_the_build(build, files):
    site = build({"community/a.md": story("A"), **files})
    assert site.stopped
    assert {code for code, _, _ in errors(site)} == {"url/collision"}


def test_the_same_slug_on_another_day_or_in_another_language_is_another_address(build):
    paper = PAPER + 'languages = ["en", "hy"]\n'
    site = build(
        {
            "data/paper.toml": paper,
            "news/fair.md": story(),
            "news/old/fair.md": story("Old", date="2025-10-03", id="an-old-one"),
            "news/hy/fair.md": story("Տոնավաճառ", lang="hy"),
        }
    )
    assert not site.stopped


@pytest.mark.parametrize("slug", ["../../escape", "..", "a/b", "/root", "a\\b", "%2e%2e"])
def test_no_slug_climbs_out_of_the_site(build, tmp_path, slug):
    site = build({"news/a.md": story(slug=f"'{slug}'")})
    assert site.stopped
    assert [(code, line) for code, _, line in errors(site)] == [("front-matter/bad-slug", 5)]
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("photo", "data", "code"),
    [
        ("gone.png", None, "photo/missing"),
        ("a.png", b"this is no picture", "photo/unreadable"),
        ("a.png", b"", "photo/unreadable"),
        ("a.png", picture()[:40], "photo/unreadable"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "photo/unreadable"),
        ("a.svg", b"<svg", "photo/unreadable"),
        ("a.tiff", b"II*", "photo/unreadable"),
        ("../../../outside.png", None, "photo/missing"),
    ],
)
def test_a_picture_that_cannot_be_shown_stops_the_build(build, photo, data, code):
    files = {"news/a.md": story(photo=f"{{file: {photo}, alt: A, credit: B}}")}
    if data is not None:
        files[f"news/{photo}"] = data
    assert [(found, line) for found, _, line in errors(build(files))] == [(code, 5)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[x](gone.md)", "link/broken"),
        ("[x]({filename}gone.md)", "link/broken"),
        ("[x]({static}gone.pdf)", "link/broken"),
        ("[x](/gone/)", "link/broken"),
        ("![x](gone.png)", "photo/missing"),
        ('<a href="{filename}gone.md">x</a>', "link/broken"),
        ("[x]({attach}b.png)", "link/unknown"),
        ("[x]({tag}music)", "link/unknown"),
        ("![x](https://elsewhere.example/x.png)", "photo/remote"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_build_with_its_line(build, body, code):
    assert errors(build({"news/a.md": story(body=f"First.\n\nSecond {body}"), "news/b.png": picture()})) == [
        (code, "news/a.md", 9)
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[x](https://elsewhere.example/)",
        "[x](mailto:ani@courier.example)",
        "[x](#part)",
        "[x](/community/)",
        "[x](/community)",
        "[x](b.md#part)",
        "[x](/2026/10/03/b/)",
        "[x]({filename}/news/b.md)",
        "`{filename}gone.md`",
    ],
)
def test_links_that_lead_somewhere_are_no_fault(build, body):
    assert not errors(build({"news/a.md": story(body=body), "news/b.md": story("B")}))


TABLES = [
    ("data/paper.toml", "name = \n", ("table/unreadable", 1)),
    ("data/paper.toml", PAPER + "nmae = 'x'\n", ("table/unknown-key", 5)),
    ("data/paper.toml", "url = 'https://courier.example'\n", ("table/missing-key", 0)),
    ("data/paper.toml", PAPER.replace("Asia/Yerevan", "Asia/Erewhon"), ("table/bad-value", 3)),
    ("data/paper.toml", PAPER + "languages = 'en'\n", ("table/wrong-type", 5)),
    ("data/paper.toml", PAPER + "languages = ['en', 'en']\n", ("table/bad-value", 5)),
    ("data/paper.toml", PAPER + "favicon = 'gone.png'\n", ("photo/missing", 5)),
    ("data/paper.toml", PAPER + "[[menu]]\nname = 'X'\nurl = '/gone/'\n", ("paper/link-broken", 7)),
    ("data/paper.toml", PAPER + "[[menu]]\nname = 'X'\nurl = 'gone'\n", ("table/bad-value", 7)),
    ("data/sections.toml", "[comunity]\nen = 'Community'\n", ("story/unknown-section", 4)),
    ("data/checks.toml", "'photo/credit-mising' = 'off'\n", ("table/bad-value", 1)),
    ("data/checks.toml", "'link/broken' = 'off'\n", ("table/bad-value", 1)),
    ("data/agencies.toml", "[wire]\nurl = 'ftp://x'\nname = 'W'\n", ("table/bad-value", 2)),
    ("data/sectoins.toml", "[a]\n", ("table/unknown", 0)),
    ("data/sections.toml", b"[caf\xe9]\n", ("table/unreadable", 1)),
]


@pytest.mark.parametrize(("name", "text", "problem"), TABLES)
def test_a_fault_in_a_table_has_its_line(build, name, text, problem):
    site = build({name: text, "news/a.md": story()})
    assert site.stopped
    assert (problem[0], problem[1]) in [(code, line) for code, _, line in errors(site)]


def test_checks_toml_sets_severities(build):
    files = {"news/a.md": story(photo="a.png"), "news/a.png": picture()}
    assert not build(files).stopped
    site = build({"data/checks.toml": '"photo/credit-missing" = "error"\n"photo/alt-missing" = "off"\n'})
    assert errors(site) == [("photo/credit-missing", "news/a.md", 5)]
    assert "photo/alt-missing" not in site.codes()
    since = '"photo/credit-missing" = {severity = "error", since = 2026-10-04}\n'
    assert "photo/credit-missing" not in build({"data/checks.toml": since}).codes()


def test_strict_makes_warnings_stop_the_build(build):
    files = {"news/a.md": story(photo="a.png"), "news/a.png": picture()}
    assert build(files, STRICT=True).stopped


def test_a_typo_in_a_draft_does_not_stop_the_paper(build):
    broken = story("Draft", status="draft", photo="gone.png", nonsense="x").replace(
        "date: 2026-10-03 09:30", "date: soon"
    )
    site = build({"news/a.md": story(), "news/draft.md": broken, "news/yaml.md": "---\ntitle: [\nstatus: draft\n---\n"})
    assert not site.stopped
    assert {problem.severity for problem in site.problems} == {"warning"}
    assert {problem.path for problem in site.problems} == {"news/draft.md", "news/yaml.md"}


def test_a_wrong_now_is_told(build):
    site = build({"news/a.md": story()}, NOW="yesterday")
    assert errors(site) == [("clock/not-an-instant", "NOW", 0)]


def test_a_wrong_pattern_for_addresses_is_told(build):
    assert errors(build({"news/a.md": story()}, ARTICLE_URL="{year}/{slug}/"))[0][0] == "url/pattern"


def test_a_setting_that_nobody_reads_is_told(build):
    site = build({"news/a.md": story()}, DATELNE_DASH="-", ARTICLE_URLS="x")
    hints = {problem.hint for problem in site.problems if problem.code == "setting/unknown"}
    assert "did you mean ARTICLE_URL?" in hints


TEMPLATES = {
    "unknown name": ("{{ nope }}", "UndefinedError"),
    "unknown attribute": ("{{ story.nope }}", "UndefinedError"),
    "syntax": ("{% if %}", "Expected an expression"),
    "missing include": ("{% include 'gone.html' %}", "gone.html"),
    "type": ("{{ 1 + 'a' }}", "TypeError"),
    "division": ("{{ 1 / 0 }}", "ZeroDivisionError"),
}


@pytest.mark.parametrize("fault", TEMPLATES)
def test_a_template_that_fails_is_told_with_its_line_and_story(build, tmp_path, fault):
    source, said = TEMPLATES[fault]
    build({"news/a.md": story()})
    before = (tmp_path / "output/2026/10/03/a/index.html").read_bytes()
    folder = tmp_path / "overrides"
    folder.mkdir()
    (folder / "story.html").write_text(f"<p>\n\n{source}\n</p>", "utf-8")
    site = build({"news/b.md": story("B")}, THEME_TEMPLATES_OVERRIDES=[str(folder)])
    (problem,) = [problem for problem in site.problems if problem.code == "template/failed"]
    assert site.stopped
    assert problem.line == 3
    assert problem.path.endswith("overrides/story.html")
    assert said in problem.message
    assert "news/a.md" in problem.message
    assert (tmp_path / "output/2026/10/03/a/index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import nothing_of_that_name\ndef register(): pass\n", "nothing_of_that_name"),
        ("def register():\n    raise ValueError('no such table')\n", "no such table"),
        ("def register(:\n", "SyntaxError"),
        ("raise RuntimeError('on import')\n", "on import"),
    ],
)
def test_a_plugin_that_fails_stops_the_build(build, tmp_path, monkeypatch, code, said):
    name = f"broken_plugin_{abs(hash(code))}"
    (tmp_path / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    site = build({"news/a.md": story()}, PLUGINS=["plugins.stories", name])
    assert site.stopped
    assert [problem.code for problem in site.problems] == ["plugin/failed"]
    assert name in site.problems[0].message
    assert said in site.problems[0].message


def test_a_plugin_that_is_not_there_stops_the_build(build):
    site = build({"news/a.md": story()}, PLUGINS=["plugins.stories", "no_such_plugin"])
    assert [problem.code for problem in site.problems] == ["plugin/failed"]


def test_what_a_waiting_story_will_miss_is_told_before_its_hour(build):
    waiting = story(
        "Waiting", "[x](gone.md) ![y](gone.png)", embargo="2099-01-01", photo="{file: none.png, alt: A, credit: B}"
    )
    site = build({"news/a.md": story(), "news/waiting.md": waiting})
    assert site.stopped
    assert {code for code, path, _ in errors(site) if path == "news/waiting.md"} == {"link/broken", "photo/missing"}


def test_a_waiting_story_may_not_take_an_address_that_is_taken(build):
    site = build({"news/fair.md": story(), "culture/fair.md": story("Other", embargo="2099-01-01")})
    assert {code for code, _, _ in errors(site)} == {"url/collision", "feed/same-id"}


def test_a_file_name_that_is_no_text_is_told(build, tmp_path):
    build({"news/a.md": story()})
    with open(bytes(tmp_path / "content/news") + b"/caf\xe9.md", "wb") as file:  # noqa: PTH123
        file.write(story("B").encode())
    (problem,) = [problem for problem in build().problems if problem.severity == "error"]
    assert problem.code == "file/bad-name"
    assert "caf" in problem.path
    str(problem).encode()


@pytest.mark.parametrize("name", ["a b.png", "a#b.png", "a?b.png", "50%.png", "Երևան.png", "a&b.png", "a'b.png"])
def test_a_picture_may_have_any_name(build, name):
    from urllib.parse import unquote

    site = build({"news/a.md": story(photo=f'{{file: "{name}", alt: A, credit: B}}'), f"news/{name}": picture()})
    assert not errors(site)
    (src,) = site.tree("2026/10/03/a/index.html").xpath("//main//figure//img/@src")
    assert unquote(src) == f"/news/{name}"
    assert not set("#?") & set(src)


def test_publishing_needs_an_address(build):
    files = {"data/paper.toml": 'name = "C"\n', "news/a.md": story()}
    assert not build(files).stopped
    assert [code for code, _, _ in errors(build(files, conf="publishconf.py"))] == ["paper/publish-address"]
    assert not build(files, conf="publishconf.py", SITEURL="https://courier.example").stopped
    assert [code for code, _, _ in errors(build(files, SITEURL="courier.example"))] == ["setting/bad-value"]


SETTINGS = [
    {"PLUGINS": []},
    {"PLUGINS": None},
    {"PLUGINS": "plugins.stories"},
    {"SITEURL": "https://[x"},
    {"SITEURL": "https://courier.example/a b"},
    {"PAGE_SIZE": 0},
    {"PAGE_SIZE": "x"},
    {"PAGE_SIZE": -3},
    {"FEED_MAX_ITEMS": "x"},
    {"EXTRA_KEYS": "abc"},
    {"EXTRA_KEYS": None},
    {"IGNORE_FILES": None},
    {"THEME_TEMPLATES_OVERRIDES": None},
    {"THEME_STATIC_DIR": "../x"},
    {"JINJA_FILTERS": None},
    {"PRESS_PATH": None},
]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_a_setting_that_cannot_be_used_stops_before_anything_is_read(build, tmp_path, setting):
    build({"news/a.md": story()})
    before = (tmp_path / "output/index.html").stat().st_mtime_ns
    site = build({"news/b.md": story("B")}, **setting)
    assert site.stopped
    assert site.codes() == {"setting/bad-value"}
    assert next(iter(setting)) in site.problems[0].message
    assert (tmp_path / "output/index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("url", "save_as"),
    [("{slug}/", None), ("", None), ("x/", "x/index.html"), ("/x/{slug}", "/x/{slug}"), ("{slug}/", "{slug}.html")],
)
def test_an_address_must_be_served_from_where_it_is_written(build, url, save_as):
    settings = {"ARTICLE_URL": url, **({"ARTICLE_SAVE_AS": save_as} if save_as else {})}
    assert build({"news/a.md": story()}, **settings).codes() <= {"url/pattern", "setting/bad-value"}


@pytest.mark.parametrize(("url", "save_as"), [("{slug}.html", "{slug}.html"), ("{slug}", "{slug}/index.html")])
def test_other_forms_of_address_are_welcome(build, url, save_as):
    site = build({"news/a.md": story()}, ARTICLE_URL=url, ARTICLE_SAVE_AS=save_as)
    assert not site.stopped


def test_the_copy_and_the_site_may_not_lie_in_one_another(build, tmp_path):
    build({"news/a.md": story()})
    assert build(OUTPUT_PATH=str(tmp_path / "content/output")).codes() == {"setting/bad-value"}
    assert build(OUTPUT_PATH=str(tmp_path)).codes() == {"setting/bad-value"}


def test_a_plugin_that_ends_the_process_is_told(build, tmp_path, monkeypatch):
    (tmp_path / "ending_plugin.py").write_text("def register():\n    raise SystemExit(0)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert build({"news/a.md": story()}, PLUGINS=["plugins.stories", "ending_plugin"]).codes() == {"plugin/failed"}


def test_without_a_plugin_that_makes_its_page_no_story_is_lost(build):
    site = build({"news/a.md": story()}, PLUGINS=["plugins.fronts"])
    assert site.stopped
    assert "story/no-page" in site.codes()


@pytest.mark.parametrize("epoch", ["x", "99999999999999999999"])
def test_a_wrong_epoch_is_told(build, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert build({"news/a.md": story()}, NOW="").codes() == {"clock/not-an-instant"}


@pytest.mark.parametrize("now", ["9999-12-31T23:59-23:59", "0001-01-01T00:00+23:59", "tomorrow"])
def test_an_impossible_now_is_told(build, now):
    assert build({"news/a.md": story()}, NOW=now).codes() == {"clock/not-an-instant"}


ODD_BODIES = [
    "![a](http://[x)",
    '<a href="{filename}//[x">a</a>',
    "[a](http://[x) [b](//[) [c](https://x:y/)",
    "<pre><![\\\nx<!\n</pre>",
    "<![newsletter]> text",
    "![A](a.png){credit}",
    '![A](a.png "t"){credit=}',
    "<" * 300,
    "\u202e\u0000x".replace("\u0000", ""),
]


@pytest.mark.parametrize("body", ODD_BODIES)
def test_no_body_ends_in_a_traceback(build, body):
    site = build({"news/a.md": story(body=body), "news/a.png": picture()})
    assert all(str(problem) for problem in site.problems)


def test_an_address_of_mail_is_no_file_and_reads_as_typed(build):
    site = build({"news/a.md": story(body="Write to <desk@courier.example> today.")})
    assert not errors(site)
    page = site.tree("2026/10/03/a/index.html")
    assert "Write to desk@courier.example today." in " ".join(page.xpath("//main//article")[0].text_content().split())
    assert "desk@courier.example" in page.xpath("//meta[@name='description']/@content")[0]


MORE_TABLES = [
    ("data/sections.toml", "[news]\nordr = 1\n", "table/unknown-key", 2),
    ("data/sections.toml", "[news]\nen = 5\n", "table/wrong-type", 2),
    ("data/agencies.toml", "[wire]\nname = 'W'\nxx = 'q'\n", "table/unknown-key", 3),
    ("data/agencies.toml", "[wire]\nname = 'W'\nurl = 'http://['\n", "table/bad-value", 3),
    ("data/paper.toml", PAPER + "[[menu]]\nnmae = 'X'\nurl = '/archive/'\n", "table/unknown-key", 6),
    ("data/paper.toml", PAPER + "[[menu]]\nname = 'X'\nurl = 'http://['\n", "table/bad-value", 7),
    ("data/paper.toml", PAPER + "publisher = 'x'\n", "table/wrong-type", 5),
    ("data/paper.toml", PAPER.replace("News of", "News \\u0001 of"), "table/bad-value", 2),
]


@pytest.mark.parametrize(("name", "text", "code", "line"), MORE_TABLES)
def test_a_slip_in_a_table_is_never_silent(build, name, text, code, line):
    site = build({name: text, "news/a.md": story(category="news")})
    assert (code, line) in [(found, at) for found, _, at in errors(site)]


SVGS = [
    b"<svg xmlns='http://www.w3.org/2000/svg' width='1.2.3' height='2'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 e 5'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>",
    b"<?xml version='1.0' encoding='nope'?><svg/>",
    b"<svg xmlns='http://www.w3.org/2000/svg' width='" + b"9" * 400 + b"' height='2'/>",
]


@pytest.mark.parametrize("data", SVGS)
def test_a_drawing_without_a_size_is_told(build, data):
    files = {"news/a.md": story(photo="{file: a.svg, alt: A, credit: B}"), "news/a.svg": data}
    assert [code for code, _, _ in errors(build(files))] == ["photo/unreadable"]


def test_a_typo_in_a_draft_stops_nothing_even_where_warnings_count(build):
    site = build({"news/a.md": story(), "news/draft.md": story(status="draft", photo="gone.png")}, STRICT=True)
    assert not site.stopped
