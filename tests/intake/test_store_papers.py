"""Files are kept by their content: whole, once, for the service alone."""

from __future__ import annotations

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotFound, ReadRefused
from intake.store.papers import PaperStore


def files_in(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


@given(st.lists(st.binary(max_size=50), max_size=6).filter(lambda pieces: any(pieces)))
def test_what_went_in_comes_out_under_its_hash(pieces: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        store = PaperStore(Path(folder))
        stored = store.put(pieces)
        whole = b"".join(pieces)
        assert stored.sha256 == hashlib.sha256(whole).hexdigest()
        assert stored.size == len(whole)
        assert store.content(stored.sha256) == whole
        assert store.put([whole]) == stored
        assert len(files_in(Path(folder))) == 1


def test_only_the_service_can_read_it(tmp_path: Path) -> None:
    path = PaperStore(tmp_path / "papers").path(PaperStore(tmp_path / "papers").put([b"abc"]).sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("pieces", "code"), [([b"12345", b"678901"], "too_large"), ([b"", b""], "empty")])
def test_a_file_too_large_or_empty_leaves_nothing_behind(tmp_path: Path, pieces: list[bytes], code: str) -> None:
    with pytest.raises(ReadRefused) as refused:
        PaperStore(tmp_path, limit=10).put(pieces)
    assert refused.value.code == code
    assert files_in(tmp_path) == []


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    assert PaperStore(tmp_path, limit=10).put([b"12345", b"67890"]).size == 10


def test_too_large_is_noticed_before_the_rest_arrives(tmp_path: Path) -> None:
    with PaperStore(tmp_path, limit=10).incoming() as incoming, pytest.raises(ReadRefused):
        incoming.write(b"12345678901")


def test_an_upload_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken_off() -> None:
        with PaperStore(tmp_path).incoming() as incoming:
            incoming.write(b"half")
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        broken_off()
    assert files_in(tmp_path) == []


def test_the_same_file_twice_at_once(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        stored = set(pool.map(lambda _: store.put([b"x" * 100_000]), range(16)))
    assert len(stored) == 1
    assert len(files_in(tmp_path)) == 1


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_what_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        PaperStore(tmp_path).path(name)


def test_a_discarded_file_is_gone(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    stored = store.put([b"bomb"])
    store.discard(stored.sha256)
    store.discard(stored.sha256)
    with pytest.raises(NotFound):
        store.path(stored.sha256)


def test_what_a_killed_upload_left_is_tidied_away(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    kept = store.put([b"abc"])
    left = tmp_path / "incoming" / "left"
    left.write_bytes(b"half of some scan")
    assert store.tidy() == 0, "it may still be arriving"
    os.utime(left, (0, 0))
    assert store.tidy() == 1
    assert files_in(tmp_path) == [store.path(kept.sha256)]
