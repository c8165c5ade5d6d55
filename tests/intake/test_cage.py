"""The cage: whatever a file does to the child, the parent gets an answer and goes on."""

from __future__ import annotations

import os
import signal
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pikepdf
import pytest
from PIL import Image

from domain.errors import ReaderBroken, ReaderFailed, ReadRefused
from domain.field import ACCEPTED
from extractors.limits import Limits
from extractors.policy import Policy
from extractors.read import digest
from intake.pipeline import read_files
from intake.work.cage import Cage, CageSettings, resident

DOCUMENTS = Path(__file__).parents[2] / "fixtures/documents"


def paper(path: Path, pages: int = 1) -> Path:
    """A PDF of empty pages, for which no engine is needed."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(60, 80))
    made.save(path)
    return path


def bomb(path: Path) -> Path:
    """A content stream that is deflated twice: a few kilobytes of file, four hundred million to parse."""
    made = pikepdf.new()
    made.add_blank_page()
    squeeze = zlib.compressobj(1)
    blanks = b" " * 1_000_000
    inner = b"".join(squeeze.compress(blanks) for _ in range(400)) + squeeze.flush()
    twice = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    made.pages[0].Contents = pikepdf.Stream(made, zlib.compress(inner), Filter=twice)
    made.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as made:
        yield made


def test_a_file_is_read_with_its_progress(cage: Cage, tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", 3)
    told: list[tuple[int, int]] = []
    reading = cage.read(path, "folder/given name.pdf", lambda done, pages: told.append((done, pages)))
    assert (reading.file, reading.error, reading.pages) == ("given name.pdf", None, 3)
    assert reading.sha256 == digest(path)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_office_says_how_sure_a_value_must_be(tmp_path: Path) -> None:
    sample = DOCUMENTS / "registry_printout/registry-q0/registry-q0.pdf"
    with Cage() as usual, Cage(CageSettings(policy=Policy(0.0))) as strict:
        passed, all_looked_at = (c.read(sample, sample.name).documents[0].fields.values() for c in (usual, strict))
    assert any(r.status == ACCEPTED for r in passed)
    assert [r.value for r in all_looked_at] == [r.value for r in passed]
    assert not any(r.status == ACCEPTED for r in all_looked_at)


def test_a_refusal_comes_back_as_an_error_and_the_child_lives(cage: Cage, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nothing of the kind")
    reading = cage.read(path, path.name)
    child = cage.pid
    assert reading.error is not None
    assert reading.error[0] == "unsupported_type"
    assert reading.sha256 == digest(path)
    assert not reading.unsafe
    cage.read(path, path.name)
    assert cage.pid == child


def test_a_child_killed_once_costs_nothing_but_time(cage: Cage, tmp_path: Path) -> None:
    kills = iter([True])

    def kill(done: int, pages: int) -> None:
        if next(kills, False):
            assert cage.pid is not None
            os.kill(cage.pid, signal.SIGKILL)

    reading = cage.read(paper(tmp_path / "a.pdf", 2), "a.pdf", kill)
    assert (reading.error, reading.pages) == (None, 2)


def test_a_file_that_kills_every_child_is_corrupt_and_the_next_one_is_read(cage: Cage, tmp_path: Path) -> None:
    # so many that none is at its end before the first is told of
    path = paper(tmp_path / "a.pdf", 150)

    def kill(done: int, pages: int) -> None:
        assert cage.pid is not None
        os.kill(cage.pid, signal.SIGKILL)

    reading = cage.read(path, "a.pdf", kill)
    assert reading.error is not None
    assert reading.error[0] == "corrupt"
    assert cage.read(path, "a.pdf").error is None


def test_a_bomb_is_stopped_by_its_memory_and_is_unsafe(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.pdf")
    assert path.stat().st_size < 100_000
    with Cage(CageSettings(memory=300 * 1024**2)) as cage:
        reading = cage.read(path, "bomb.pdf")
    assert reading.error is not None
    assert reading.error[0] == "too_large"
    assert reading.unsafe


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with Cage(CageSettings(seconds=0.05)) as cage:
        reading = cage.read(bomb(tmp_path / "slow.pdf"), "slow.pdf")
        assert cage.pid is None
    assert reading.error is not None
    assert reading.error[0] == "timeout"


def test_a_child_that_does_not_start_is_our_fault_and_not_the_files(tmp_path: Path) -> None:
    with Cage(CageSettings(start_seconds=0.0)) as cage, pytest.raises(ReaderBroken):
        cage.read(paper(tmp_path / "a.pdf"), "a.pdf")


def test_a_fault_of_our_own_code_is_not_told_as_a_damaged_file(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf")
    broken = Limits(pages=cast(int, "many"))
    with Cage(CageSettings(limits=broken)) as cage:
        with pytest.raises(ReaderFailed) as caught:
            cage.read(path, "a.pdf")
        assert caught.value.detail.startswith("TypeError in pdf.py:")
        with pytest.raises(ReaderFailed):
            cage.pictures(path, tmp_path / "out")
        (reading,) = read_files([path], cage)
    assert reading.error == ("corrupt", caught.value.zh)
    assert "損毀" not in caught.value.zh


def test_the_child_ends_with_the_cage(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    with Cage() as cage:
        cage.read(path, "a.pdf")
        child = cage.pid
        assert child is not None
        assert resident(child) > 0
    assert resident(child) == 0


def test_a_child_that_has_read_its_share_is_replaced(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", 3)
    with Cage(CageSettings(recycle_pages=3)) as cage:
        assert cage.read(path, "a.pdf").error is None
        assert cage.pid is None
        assert cage.read(path, "a.pdf").error is None


def test_pictures_are_the_pages_as_displayed_and_bounded(cage: Cage, tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (900, 300), "white").save(source, exif=exif)
    files = cage.pictures(source, tmp_path / "out", side=450)
    assert [f.name for f in files] == ["0001.webp"]
    with Image.open(files[0]) as shown:
        assert shown.size == (150, 450)


def test_pictures_of_a_bad_file_are_refused(cage: Cage, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"")
    with pytest.raises(ReadRefused) as caught:
        cage.pictures(path, tmp_path / "out")
    assert caught.value.code == "empty"


def test_no_secret_of_the_parent_reaches_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWEN_SMTP_PASSWORD", "sesame")
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    with Cage() as cage:
        cage.read(path, "a.pdf")
        assert b"sesame" not in Path(f"/proc/{cage.pid}/environ").read_bytes()
