"""The letter that asks for a supplement: what is missing, ready to be sent or mended by the clerk."""

from __future__ import annotations

from domain.case import CaseFacts
from domain.decision import NEEDS_EVIDENCE
from eligibility.evidence import name
from eligibility.overview import missing_papers
from eligibility.programme import Programme
from intake.web.findings import Outcome
from intake.web.questions import asked


def wanting(programme: Programme, facts: CaseFacts, outcome: Outcome | None) -> str:
    """What the applicant still has to bring or say, one a line; "" where nothing is missing. What the office itself looks up is not
    asked of them."""
    papers = missing_papers(programme, facts.known())
    there = {p.field for p in papers}
    fields = dict.fromkeys(m for f in (outcome.deciding if outcome else ()) if f.outcome == NEEDS_EVIDENCE
                           for m in f.missing_fields if m not in there and asked(m))
    things = [*dict.fromkeys(p.name + (f"（{p.copies} 份）" if p.copies > 1 else "") for p in papers), *map(name, fields)]
    return "請補下列資料：\n" + "\n".join(f"{n}. {t}" for n, t in enumerate(things, 1)) if things else ""
