"""The clauses stand word for word in the programme documents, and every rule and public vector is there.

Where the requirements lie beside the repository they are compared directly; the committed hashes hold the same everywhere.
``python tests/eligibility/test_clauses.py --write`` writes the hashes anew, after a comparison.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.decision import Clause
from eligibility.cases import examples
from eligibility.programme import APART, HOME, Programme, read

REQUIREMENTS = Path(__file__).resolve().parents[3] / "shared" / "requirements"
HASHES = Path(__file__).with_name("clauses.json")
PROGRAMMES = [read(f) for f in sorted(HOME.iterdir()) if (f / "programme.yaml").exists()]
ELSEWHERE = {
    "V-GG-38": "two modes ticked is a check of the form F10",
    "V-TA-19": "exposure is a rule of tops-buyer",
}
"""Public vectors that a rule cannot see."""


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def clauses(clause: Clause) -> Iterator[Clause]:
    yield clause
    for further in clause.also:
        yield from clauses(further)


def hashes() -> dict[str, str]:
    return {
        r.id: hashlib.sha256("|".join(c.source + bare(c.text) for c in clauses(r.clause)).encode()).hexdigest()[:16]
        for p in PROGRAMMES
        for r in p.rules
    }


def not_verbatim() -> list[str]:
    sources = {f.name: bare(f.read_text(encoding="utf-8")) for f in (REQUIREMENTS / "sources").iterdir()}
    return [
        f"{r.id}: {fragment}"
        for p in PROGRAMMES
        for r in p.rules
        for c in clauses(r.clause)
        for fragment in bare(c.text).split("‖")
        if fragment not in sources[c.source]
    ]


def test_the_clauses_are_those_that_were_compared():
    assert hashes() == json.loads(HASHES.read_text(encoding="utf-8"))


def test_each_clause_stands_in_its_document():
    if REQUIREMENTS.is_dir():
        assert not_verbatim() == []
    else:
        assert hashes() == json.loads(HASHES.read_text(encoding="utf-8"))


def _index() -> dict[str, list[dict[str, str]]]:
    return json.loads((REQUIREMENTS / "index.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda p: p.id)
def test_every_rule_of_the_programme_is_there(programme: Programme):
    known = [r for r in json.loads(HASHES.read_text(encoding="utf-8")) if r.startswith(f"{programme.id}.")]
    if REQUIREMENTS.is_dir():
        known = [r["id"] for r in _index()["rules"] if r["programme"] == programme.id]
    assert sorted(r.id for r in programme.rules) == sorted(known)


PREFIX = {
    "tops-supplier": "V-TS",
    "green-giant": "V-GG",
    "sme-std": "V-SM",
    "tops-award": "V-TA",
    "startup-subsidy": "V-SS",
    "youth-loan": "V-YL",
    "rd-credit": "V-RD",
    "wage-deduct": "V-WD",
    "t103": "V-T3",
}
COUNTS = {"V-TS": 34, "V-GG": 38, "V-SM": 10, "V-TA": 19, "V-SS": 36, "V-YL": 16, "V-RD": 16, "V-WD": 26, "V-T3": 35}


@pytest.mark.parametrize("programme", [p for p in PROGRAMMES if p.id in PREFIX], ids=lambda p: p.id)
def test_every_public_vector_is_among_the_examples(programme: Programme):
    prefix = PREFIX[programme.id]
    names = {e.name for e in examples(programme.folder)} | set(ELSEWHERE)
    if REQUIREMENTS.is_dir():
        wanted = {v["id"] for v in _index()["vectors"] if v["id"].startswith(f"{prefix}-")}
    else:
        wanted = {f"{prefix}-{i:02d}" for i in range(1, COUNTS[prefix] + 1)}
    assert wanted
    assert wanted <= {re.match(r"[\w-]+", n)[0] for n in names}


def test_rules_that_belong_to_every_case_stand_apart():
    assert {p.id for p in PROGRAMMES if p.folder.name in APART} <= {"intake"}


if __name__ == "__main__" and "--write" in sys.argv:
    wrong = not_verbatim()
    if wrong:
        sys.exit("\n".join(wrong))
    HASHES.write_text(json.dumps(hashes(), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
