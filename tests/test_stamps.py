"""Stamps are believed only where they tell: `VERIFY=1` reads every file, and what changed within a tick is noticed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins.press.output import TICK, Stamp, settled, stamp_of
from tests.conftest import picture, story

FILES = {
    "community/a.md": story("A", body="Text.\n\n![x](a.png)"),
    "community/a.png": picture(),
    "extra/ads.txt": "one",
}


def change_in_secret(path: Path, data: bytes) -> None:
    """Other bytes in the same file, of the same size, at the same time."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("name", ["index.html", "2026/10/03/a/index.html", "sitemap.xml", "community/a.png", "ads.txt"])
def test_verify_finds_a_file_of_the_site_that_was_changed_in_secret(build, tmp_path, monkeypatch, name):
    build(FILES)
    path = tmp_path / "output" / name
    right = path.read_bytes()
    change_in_secret(path, right[:-2] + b"XX")
    # Its stamp says that it is as it was left.
    assert build().written.changed == ()
    monkeypatch.setenv("VERIFY", "1")
    assert build().written.changed == (name,)
    assert path.read_bytes() == right
    assert build().written.changed == ()


def test_verify_finds_a_picture_that_was_changed_in_secret(build, tmp_path, monkeypatch):
    build(FILES)
    before = build({"community/b.md": story("B")}).files()
    path = tmp_path / "content/community/a.png"
    right = path.read_bytes()
    # The last bytes of a PNG are its end mark: another one of the same length is still a picture of this size.
    spoilt = right[:-4] + bytes(byte ^ 1 for byte in right[-4:])
    change_in_secret(path, spoilt)
    assert build().written.changed == ()
    monkeypatch.setenv("VERIFY", "1")
    site = build()
    assert "community/a.png" in site.written.changed
    assert site.files() == {**before, "community/a.png": spoilt}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("content/extra/ads.txt", b"one", b"two"),
        ("output/ads.txt", b"one", b"two"),
        ("output/index.html", None, None),
        ("content/community/a.png", None, None),
    ],
)
def test_a_change_right_after_a_build_is_noticed(build, tmp_path, name, first, second):
    build(FILES)
    path = tmp_path / name
    for _ in range(20):
        right = path.read_bytes()
        changed = second if right == first else first
        if changed is None:
            changed = right[:-1] + bytes([right[-1] ^ 1])
        # Nothing but the clock's own tick tells: the size and the inode stay.
        with path.open("r+b") as file:
            file.write(changed)
        site = build()
        if name.startswith("content"):
            assert changed in site.files().values()
        else:
            assert path.read_bytes() == right


def test_a_picture_that_changes_in_the_tick_in_which_a_build_ends_is_noticed(build, tmp_path):
    """Written just before a build, and again just after it: both may bear the same time."""
    path = tmp_path / "content/community/a.png"
    build(FILES)
    for width in range(50, 60):
        path.write_bytes(picture(width, 40))
        build()
        path.write_bytes(picture(width, 41))
        site = build()
        assert f'width="{width}" height="41"' in site.text("2026/10/03/a/index.html")


def test_a_stamp_of_this_very_tick_is_believed_only_after_a_wait(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x")
    stamp = stamp_of(path)
    assert stamp
    believed = settled({"file": stamp})["file"]
    path.write_bytes(b"y")
    assert stamp_of(path) != believed


@pytest.mark.parametrize("time", [0, 1_700_000_000_000_000_000, 1_700_000_000_123_000_000, 2**62 + 1])
def test_a_time_that_counts_no_finer_or_lies_ahead_is_not_believed(time):
    assert settled({"file": Stamp(1, time, 1)}) == {"file": Stamp(1, 0, 1)}


def test_a_time_that_is_whole_by_chance_is_believed_where_others_are_not():
    whole, other = Stamp(1, 1_700_000_000_000_000_000, 1), Stamp(1, 1_700_000_000_123_456_789, 2)
    assert settled({"whole": whole, "other": other}) == {"whole": whole, "other": other}
    assert settled({"whole": whole, "nothing": Stamp(0, 0, 0)})["whole"].time == 0
    # Beside the others there may be a disk that counts seconds.
    lately = Stamp(1, time.time_ns() // 1_000_000_000 * 1_000_000_000, 1)
    assert settled({"lately": lately, "other": other})["lately"].time == 0


def test_a_time_of_long_ago_is_believed():
    stamp = Stamp(1, 1_700_000_000_123_456_789, 1)
    assert settled({"file": stamp}) == {"file": stamp}
    assert TICK > 0


def test_a_file_of_the_site_that_was_put_in_the_place_of_another_with_its_time_is_noticed(build, tmp_path):
    build(FILES)
    path = tmp_path / "output/index.html"
    right, state = path.read_bytes(), path.stat()
    beside = tmp_path / "beside"
    beside.write_bytes(right[:-2] + b"XX")
    os.utime(beside, ns=(state.st_atime_ns, state.st_mtime_ns))
    beside.replace(path)
    assert build().written.changed == ("index.html",)
    assert path.read_bytes() == right
