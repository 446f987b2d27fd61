"""A WordPress export and what pelican-import made of it (tests/wordpress/) becomes copy that this house can read."""

from __future__ import annotations

import shutil

import pytest
import yaml

from plugins.desk.__main__ import main
from plugins.desk.move_in import Attachment, Export, Item, body_of, front_matter, path_of, read_export
from plugins.newsroom.story import Kind
from tests.conftest import ROOT, picture, write_files

OLD = ROOT / "tests/wordpress"
HOME = "https://old.courier.example"
UP = f"{HOME}/wp-content/uploads/2019/05"
EXPORT = Export(
    HOME,
    (),
    {
        "23": Attachment(f"{UP}/one.jpg", "A striped awning", "The first stall."),
        "24": Attachment(f"{UP}/two-scaled.jpg", "", ""),
    },
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("They ran *slowly*.", "They ran *slowly*."),
        ("<!-- wp:paragraph -->\n\nOne.\n\n<!-- /wp:paragraph -->  \n", "One."),
        ("One.\n\n<!--more-->\n\nTwo.", "One.\n\nTwo."),
        ("<p>\n\nOne.\n\n</p>", "One."),
        (f"Read [this]({HOME}/2018/10/01/run/).", "Read [this](/2018/10/01/run/)."),
        (f"Read [this](http{UP[5:]}/rules.pdf).", "Read [this](/uploads/2019/05/rules.pdf)."),
        ("Read [that](https://else.example/x).", "Read [that](https://else.example/x)."),
        (f"![The first]({UP}/one-300x200.jpg)", "![A striped awning](/uploads/2019/05/one.jpg)"),
        (f"[![Stall]({UP}/far-300x200.jpg)]({UP}/far.jpg)", "![Stall](/uploads/2019/05/far-300x200.jpg)"),
        (f'<img src="{UP}/one.jpg" alt="x" />', "![A striped awning](/uploads/2019/05/one.jpg)"),
        (
            f'<figure>\n<img src="{UP}/two-1024x768.jpg" alt="Two." />\n<figcaption>Two.</figcaption>\n</figure>',
            '![](/uploads/2019/05/two-scaled.jpg "Two.")',
        ),
        (
            f'<figure>\n<img src="{UP}/far.jpg" alt="A road" />\n<figcaption>A "far" road.</figcaption>\n</figure>',
            '![A road](/uploads/2019/05/far.jpg "A ”far” road.")',
        ),
        (
            (
                f'<!-- wp:gallery -->\n<figure>\n<img src="{UP}/one.jpg" />\n</figure>\n<img src="{UP}/two.jpg" />\n'
                '<figcaption class="blocks-gallery-caption">\n\nStalls\n\n</figcaption>\n<!-- /wp:gallery -->'
            ),
            (
                "::: gallery Stalls\n![A striped awning](/uploads/2019/05/one.jpg)\n"
                "![](/uploads/2019/05/two-scaled.jpg)\n:::"
            ),
        ),
        (
            '\\[gallery ids="23,99"\\]',
            '::: gallery\n![A striped awning](/uploads/2019/05/one.jpg "The first stall.")\n:::',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/abc" width="9"></iframe>',
            "[embed: https://www.youtube.com/embed/abc]",
        ),
        ("\\[embed\\]https://youtu.be/abc\\[/embed\\]", "[embed: https://youtu.be/abc]"),
        ("https://youtu.be/abc", "[embed: https://youtu.be/abc]"),
        (
            '<figure class="wp-block-embed">\n\n<div>\n\nhttps://youtu.be/abc\n\n</div>\n\n</figure>',
            "[embed: https://youtu.be/abc]",
        ),
        ("https://else.example/film", "https://else.example/film"),
        ("<figure>\n<table></table>\n</figure>", "<figure>\n<table></table>\n</figure>"),
    ],
)
def test_a_text(typed, expected):
    assert body_of(typed, EXPORT) == expected + "\n"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{UP}/one-1024x683.jpg", "/uploads/2019/05/one.jpg"),
        (f"{UP}/two.jpg", "/uploads/2019/05/two-scaled.jpg"),
        (f"{UP}/unknown-300x200.jpg", "/uploads/2019/05/unknown-300x200.jpg"),
        ("https://else.example/one.jpg", "https://else.example/one.jpg"),
    ],
)
def test_a_pictures_path(url, path):
    assert path_of(url, EXPORT) == path


def test_front_matter_is_yaml_whatever_the_texts_hold():
    keys = {"title": 'A "hen": 3 # eggs', "tags": ["a, b", "[c]"], "photo": {"alt": "x: y"}}
    text = front_matter([*keys.items(), ("slug", ""), ("aliases", [])])
    assert yaml.safe_load(text.strip().strip("-")) == keys


def test_an_export_is_read():
    export = read_export((OLD / "export.xml").read_bytes())
    by_slug = {item.slug: item for item in export.items}
    assert export.home == HOME
    assert by_slug["orchard-run"] == Item(
        Kind.STORY,
        "orchard-run",
        "orchard-run",
        "Orchard run: forty runners, one hen",
        "2019-05-03 09:30",
        author="Ani Example",
        sections=(("sport", "Sport"), ("community", "Community")),
        tags=("running", "Ashtarak"),
        summary="Forty runners crossed the line, and a hen came third.",
        address="/2019/05/03/orchard-run/",
        guid=f"{HOME}/?p=11",
        photo="21",
    )
    assert by_slug["stalls"].sections == (("arts-culture", "Arts & Culture"),)
    assert by_slug["շախմատ"].address == "/2019/05/05/շախմատ/"
    assert by_slug["members"].secret
    assert by_slug["about-us"].kind is Kind.PAGE
    assert by_slug["13"].address == ""
    assert by_slug["krpakner"].lang == "hy"
    assert export.attachments["23"] == Attachment(f"{UP}/one.jpg", "A striped awning")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("first-run", "first-run"),
        ("first_run", "first-run"),
        ("%d5%b7%d5%a1%d5%ad", "շախ"),
        ("%f0%9f%90%94", "7"),
        ("", "7"),
        ("x" * 150, "x" * 100),
    ],
)
def test_a_slug_is_one_that_can_stand_in_an_address(name, slug):
    ns = "http://wordpress.org/export/1.2/"
    item = f"<w:post_type>post</w:post_type><w:post_id>7</w:post_id><w:post_name>{name}</w:post_name>"
    export = read_export(f'<rss xmlns:w="{ns}"><channel><item>{item}</item></channel></rss>'.encode())
    assert [each.slug for each in export.items] == [slug]
    assert export.home == ""


@pytest.fixture
def moved(tmp_path, monkeypatch, capsys):
    """A paper moved in, and what was told."""
    monkeypatch.chdir(ROOT)
    content = tmp_path / "content"
    paper = (
        'name = "The Example Courier"\nlanguages = ["en", "hy"]\ntimezone = "Asia/Yerevan"\nurl = "https://x.example"\n'
    )
    photos = {f"uploads/2019/05/{name}.jpg": picture(form="JPEG") for name in ("run", "mill", "one", "two")}
    write_files(content, {"data/paper.toml": paper, **photos, "uploads/2019/05/rules.pdf": "%PDF-1.4"})
    call = ["move-in", str(OLD / "old"), "--export", str(OLD / "export.xml"), "--content", str(content)]
    assert main(call) == 0
    return content, capsys.readouterr().out, call


def test_the_paper_can_be_built_at_its_old_addresses(moved, build):
    site = build()
    assert not site.stopped
    assert site.codes() == {"photo/alt-missing", "photo/credit-missing", "dateline/region-missing"}
    for old in ("2019/05/03/orchard-run", "2019/05/05/շախմատ", "hy/2014/06/02/krpakner", "about-us"):
        assert (site.output / old / "index.html").is_file(), old
    assert f"<id>{HOME}/?p=11</id>" in site.text("feeds/atom.xml")
    assert site.tree("hy/2014/06/02/krpakner/index.html").xpath("//link/@hreflang") == ["en", "hy"]
    assert b"For members" not in b"".join(site.files().values())


def test_an_address_that_changes_stays_as_an_alias(tmp_path, build, moved):
    content, _, call = moved
    for folder in ("sport", "community", "arts-culture"):
        shutil.rmtree(content / folder)
    conf = tmp_path / "conf.py"
    theirs = (ROOT / "pelicanconf.py").read_text("utf-8").replace("{date:%Y}/{date:%m}/{date:%d}/{slug}/", "{slug}/")
    conf.write_text(theirs.replace("os.path.abspath(__file__)", repr(str(ROOT / "pelicanconf.py"))), "utf-8")
    assert main([*call, "--settings", str(conf)]) == 0
    assert 'aliases: ["/2019/05/03/orchard-run/"]' in (content / "sport/2019/orchard-run.md").read_text("utf-8")
    site = build(ARTICLE_URL="{slug}/", ARTICLE_SAVE_AS="{slug}/index.html")
    assert not site.stopped
    assert "url=/orchard-run/" in site.text("2019/05/03/orchard-run/index.html")


def test_what_is_left_is_told(moved):
    _, told, _ = moved
    assert "not moved: 'A choir to come' (future)" in told
    assert "not moved: 'Old news of the mill' (private)" in told
    assert "members.md: had a password, and is a draft now" in told
    assert "stalls.md: holds a shortcode of WordPress" in told
    assert told.count("shortcode") == 1
    assert told.endswith("stories 8, pages 1\n")


def test_no_file_is_written_over(moved, capsys):
    content, _, call = moved
    story = content / "sport/2019/orchard-run.md"
    story.write_text("mended", "utf-8")
    sections = content / "data/sections.toml"
    sections.write_text("# ours\n", "utf-8")
    assert main(call) == 0
    assert story.read_text("utf-8") == "mended"
    assert sections.read_text("utf-8") == "# ours\n"
    assert "orchard-run.md is already there" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["no xml", "<rss></rss>"])
def test_what_is_no_export_is_told(tmp_path, monkeypatch, capsys, text):
    monkeypatch.chdir(ROOT)
    (tmp_path / "export.xml").write_text(text, "utf-8")
    assert main(["move-in", str(OLD / "old"), "--export", str(tmp_path / "export.xml")]) == 1
    assert "cannot be read as a WordPress export" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["move-in", str(tmp_path / "none"), "--export", str(OLD / "export.xml")]) == 1
    assert main(["move-in", str(OLD / "old"), "--export", str(tmp_path / "none.xml")]) == 1
    assert capsys.readouterr().out.count("there is no") == 2
