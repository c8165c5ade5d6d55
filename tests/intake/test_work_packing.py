"""The packer may fail or hang; whoever asked for the bundle goes on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from domain.case import CaseFacts
from domain.decision import Decision
from generators.proof import About
from intake.work import packing
from intake.work.packing import Parcel

NOW = datetime(2026, 11, 20, 9, 0)


def parcel(folder: Path, programme: str) -> Parcel:
    decision = Decision(programme, date(2026, 11, 20), "needs_evidence", ())
    return Parcel(folder, programme, [], CaseFacts(), decision, [], [], About("1151120-0001", NOW))


@pytest.mark.parametrize(("programme", "seconds", "detail"), [
    ("no-such-programme", 60.0, "status 1"), ("sme-std", 0.01, "not packed within")])
def test_a_bundle_that_cannot_be_packed_is_told_and_nothing_more(tmp_path: Path, programme: str, seconds: float, detail: str) -> None:
    (failure,) = packing.pack(parcel(tmp_path, programme), tmp_path, seconds)
    assert detail in str(failure)
    assert "不受影響" in failure.zh
    assert not (tmp_path / "bundle.pdf").exists()
