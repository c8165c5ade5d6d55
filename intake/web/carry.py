"""Beginning an application with what is known already: papers and their readings, the applicant's own answers.

A paper comes along with its ink, so that every value keeps its place; what a clerk found or confirmed in the other case does not.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.case import CaseFacts
from domain.field import Fact, Read, Value
from eligibility import programme as programmes
from eligibility.programme import Programme
from intake.people import audit
from intake.store import repository
from intake.store.views import READ, CaseView, PaperView
from intake.web.door import Visit
from intake.web.fitting import of_the_applicant
from intake.web.questions import may_say
from intake.work import client


def _read(fact: Fact) -> bool:
    return any(isinstance(o, Read) for o in fact.origins)


def useful(paper: PaperView, programme: Programme, facts: CaseFacts) -> bool:
    """Whether a programme asks for a paper of its kind or for a fact that it told."""
    wanted = {k for p in programme.papers for k in p.kinds}
    told = {f for f, fact in facts.facts.items() if any(isinstance(o, Read) and o.document == paper.sha256 for o in fact.origins)}
    asked = {w.key for r in programme.rules for w in r.wants}
    return bool(wanted & set(paper.kinds) or told & asked)


def along(visit: Visit, case: CaseView, source: str, given: Mapping[str, Value]) -> None:
    """Put into a new case, once it has its consent, what the person's case ``source`` ("" for none) knows of them and what they
    answered on the way (``given``). Raises NotAllowed before the consent, NotFound for somebody else's case."""
    repository.require_consent(visit.session, case.id)
    if source:
        earlier = repository.case(visit.session, source, visit.person)
        papers = _papers(visit, earlier, case)
        fields = _entries(visit, earlier, case)
        visit.record(audit.ADD, f"case/{case.number}", source=source, papers=papers, fields=fields)
    facts = repository.facts(visit.session, case.id).facts
    # where a paper speaks, it is checked beside its ink and not by what was typed on the way
    new = {f: v for f, v in given.items() if v is not None and not (f in facts and (facts[f].value == v or _read(facts[f])))}
    for name, value in new.items():
        _enter(visit, case, name, value, "申請前填寫")
    if new:
        visit.record(audit.CHANGE, f"case/{case.number}", fields=sorted(new))
    client.enqueue_settle(visit.session, case.id)


def _papers(visit: Visit, earlier: CaseView, case: CaseView) -> list[int]:
    programme, facts = programmes.find(case.programme), repository.facts(visit.session, earlier.id)
    useful_ones = [p for p in repository.papers(visit.session, earlier.id) if p.state == READ and useful(p, programme, facts)]
    return [repository.copy_paper(visit.session, p.id, case.id, visit.person).id for p in useful_ones]


def _entries(visit: Visit, earlier: CaseView, case: CaseView) -> list[str]:
    """The newest word of the applicant on each field that they may speak of."""
    facts = repository.facts(visit.session, case.id)
    newest = {e.field: e for e in repository.entries(visit.session, earlier.id, visit.person)}
    own = [e for f, e in newest.items() if e.value is not None and of_the_applicant(f) and may_say(f, facts)]
    there = {p.sha256 for p in repository.papers(visit.session, case.id)}
    for entry in own:
        ink = entry.confirms if entry.confirms and entry.confirms.document in there else None
        _enter(visit, case, entry.field, entry.value, f"由案件 {earlier.number} 帶入", ink)
    return sorted(e.field for e in own)


def _enter(visit: Visit, case: CaseView, field: str, value: Value, why: str, ink: Read | None = None) -> None:
    version = repository.case(visit.session, case.id).version
    repository.add_entry(visit.session, case.id, visit.person, field, value, version, why, ink)
