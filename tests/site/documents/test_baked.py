"""Baked pages as files: whole or not there, whenever a process dies."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import storages

from gongkai.documents import baked

NAME = "items/ab/0190.html"


@pytest.fixture
def public() -> Path:
    return Path(storages["baked"].path(""))


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_page_is_put_replaced_and_removed(public: Path) -> None:
    assert baked.read(NAME) is None
    baked.place(NAME, b"old")
    baked.place(NAME, b"new")
    assert baked.read(NAME) == b"new" and below(public) == [NAME]
    assert (public / NAME).stat().st_mode & 0o777 == 0o644
    baked.place(NAME, None)
    baked.place(NAME, None)
    assert baked.read(NAME) is None and below(public) == []


def test_a_page_is_written_where_no_address_leads(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baked.place(NAME, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            baked.place(NAME, b"half")
    assert baked.read(NAME) == b"old"
    (left,) = (name for name in below(public) if name != NAME)
    assert left.startswith(".new/items/ab/0190.html.")


def test_what_a_killed_process_left_goes_with_the_next_writing(public: Path) -> None:
    left = public / ".new" / f"{NAME}.0123"
    another, under_way = left.with_name("0191.html.0123"), left.with_name("0190.html.4567")
    left.parent.mkdir(parents=True)
    for file in (left, another, under_way):
        file.write_bytes(b"half")
    long_ago = time.time() - baked.ABANDONED_AFTER - 1
    for file in (left, another):
        os.utime(file, (long_ago, long_ago))
    baked.place(NAME, None)
    assert [left.exists(), another.exists(), under_way.exists()] == [False, True, True]
