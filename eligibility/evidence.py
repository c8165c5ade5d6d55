"""What a fact is called in a sentence, and which paper, register or person gives it (evidence.csv).

>>> name("app.submitted_date"), where("cmp.debarred_vendor"), named("app.notice_date")
('送件日', '政府採購網-拒絕往來廠商名單', '「補件通知日」（來源：系統紀錄）')
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from domain.vocabulary import terms


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    text = files("eligibility").joinpath("evidence.csv").read_text(encoding="utf-8")
    return {r["field"]: r for r in csv.DictReader(text.splitlines())}


def name(field: str) -> str:
    """What ``field`` is called: its own words here, else the vocabulary's label."""
    own = _rows().get(field, {}).get("name")
    return own or (terms()[field].short if field in terms() else field)


def where(field: str) -> str:
    """The source of ``field``, or "" where none is known (a paper that one uploads is its own source)."""
    return _rows().get(field, {}).get("source", "")


def named(field: str) -> str:
    """The name in brackets, with the source."""
    source = where(field)
    return f"「{name(field)}」" + (f"（來源：{source}）" if source else "")
