"""The auditor's desk: where a value comes from, and the log. Nothing here changes anything but the log itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import LogBroken, NotFound
from domain.field import Computed
from domain.taiwan import roc_date
from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.people.audit import AuditFilter
from intake.store import contents, decided, erase, of_case, repository, ruled
from intake.web import counted, judged, log_words, render, sheets, values
from intake.web import facts as fact_views
from intake.web.door import Auditor, Visit, go
from intake.web.export import TYPES

router = APIRouter(include_in_schema=False, prefix="/audit")

PAGE = 50
MOST_XLSX = 100_000
"""Lines in one XLSX: more would take the service's memory; a CSV takes all."""


def _gone(visit: Visit, number: str) -> Response:
    """A number that no case has: on to the certificate where it was erased, else the question again."""
    if any(c.case_number == number for c in erase.certificates(visit.session)):
        return go(f"/audit/erased/{number}")
    return render.page(visit, "value.html", 404, case=None, views=[], chosen=None, asked=number, since=None,
                       problem="沒有這個案號，請再看一次；案號像 1151120-0001。")


def _filter(visit: Visit, who: str, action: str, record: str, since: str, until: str) -> AuditFilter:
    return replace(of_case.asked(visit.session, record), who=who.strip(), action=action if action in audit.ACTIONS else "",
                   since=_day(since), until=_day(until))


def _day(text: str) -> date | None:
    return roc_date.parse(text) if text.strip() else None


@router.get("")
def log(visit: Auditor, who: str = "", action: str = "", record: str = "", since: str = "", until: str = "", page: int = 1) -> Response:
    wanted = _filter(visit, who, action, record, since, until)
    visit.record(audit.LOOK, "audit", page=page)
    return _log(visit, wanted, {"who": who, "action": action, "record": record, "since": since, "until": until}, max(1, page))


def _log(visit: Visit, wanted: AuditFilter, asked: dict[str, str], page: int, verified: audit.Verified | None = None,
         broken: LogBroken | None = None, problem: str = "") -> Response:
    lines = audit.search(visit.session, wanted, PAGE, (page - 1) * PAGE)
    query = urlencode({k: v for k, v in asked.items() if v})
    unclear = [asked[k] for k in ("since", "until") if asked[k].strip() and _day(asked[k]) is None]
    return render.page(visit, "log.html", 422 if problem else 200, lines=lines, n=audit.count(visit.session, wanted), page=page,
                       pages=PAGE, asked=asked, problem=problem, query=query, details=log_words.details, unclear=unclear,
                       records=log_words.records([x.record for x in lines], of_case.belonging(visit.session, (x.record for x in lines))),
                       altered=decided.all_changed(visit.session), altered_all=decided.count_changed(visit.session),
                       most_altered=decided.MOST, actions=audit.ACTIONS, verified=verified, broken=broken)


@router.get("/export.{kind}")
def export(visit: Auditor, kind: str, who: str = "", action: str = "", record: str = "", since: str = "", until: str = "") -> Response:
    """The lines that match as CSV or XLSX; the export itself is the log's newest line."""
    wanted = _filter(visit, who, action, record, since, until)
    lines = audit.count(visit.session, wanted)
    if kind not in TYPES:
        raise NotFound("export", kind)
    if kind == "xlsx" and lines > MOST_XLSX:
        asked = {"who": who, "action": action, "record": record, "since": since, "until": until}
        return _log(visit, wanted, asked, 1, problem="超過 10 萬筆，XLSX 放不下：請縮小範圍，或匯出 CSV。")
    visit.record_first(audit.EXPORT, "audit", lines=lines, format=kind)
    found = audit.search(visit.session, wanted, None)
    data = audit.as_csv(found) if kind == "csv" else sheets.as_xlsx("稽核紀錄", audit.HEADINGS, map(audit.cells, found))
    headers = {"Content-Disposition": f'attachment; filename="audit-{clock.today()}.{kind}"'}
    return Response(data, media_type=TYPES[kind], headers=headers)


@router.get("/verify")
def verified() -> Response:
    """Whoever loads the page of a verification again, or in the other language, comes to the log."""
    return go("/audit")


@router.post("/verify")
def verify(visit: Auditor) -> Response:
    """Compute the chain again and say since when it is whole, or where it breaks."""
    verified, broken = None, None
    try:
        verified = audit.verify(visit.session)
    except LogBroken as problem:
        broken = problem
    visit.record(audit.VERIFY, "audit", whole=broken is None)
    return _log(visit, AuditFilter(), dict.fromkeys(("who", "action", "record", "since", "until"), ""), 1, verified, broken)


@router.get("/value")
def value(visit: Auditor, case: str = "", field: str = "", run: int = 0, was: str = "") -> Response:
    """A value's ink, its origins, what it was before, and where it was used and printed. Of a case alone its decisions: the newest,
    or the one whose id is ``run`` as it was on its day. ``was``: the case that the question was asked from."""
    if not case.strip():
        return render.page(visit, "value.html", case=None, views=[], chosen=None, asked=case, problem="", since=None)
    try:
        found = repository.case(visit.session, case.strip())
    except NotFound:
        return _gone(visit, case.strip())
    # another number is typed to see another case, not the same field of it
    field = "" if was and was != found.number else field
    visit.record(audit.LOOK, f"case/{found.number}", field=field)
    facts = repository.facts(visit.session, found.id)
    views = fact_views.views(visit.session, found.id, facts)
    chosen = next((v for v in views if field in v.fields), None)
    fact = facts.facts.get(field)
    origin = fact.origins[0] if fact and fact.origins else None
    computed = origin if isinstance(origin, Computed) else None
    decisions = repository.decisions(visit.session, found.id)
    decision = next((d for d in decisions if d.id == run), decisions[0] if decisions else None)
    judgement = judged.judgement(decision, clock.today())
    # what was read from one figure is one value, whichever of its fields a rule or a form asks for
    fields = chosen.fields if chosen else (field,)
    known_forms = visit.service.forms
    printed = [(f, slot, s, counted.unit(f, slot, known_forms), counted.sum_said(f, slot, known_forms))
               for f in repository.forms(visit.session, found.id) for slot, s in f.trace["slots"].items()
               if s["field"] in fields and s["printed"]]
    return render.page(visit, "value.html", case=found, views=views,
                       since=decided.changed(visit.session, found), chosen=chosen, fact=fact, field=field, asked=case, problem="",
                       programme=programmes.find(found.programme).name, decision=decision, runs=judged.runs(decisions),
                       judgement=judgement, run=run, rulings=ruled.every(visit.session, found.id),
                       known=fact.value if fact else facts.about.get(field), how=computed.how if computed else "",
                       came_from=[(f, values.label(f)) for f in computed.computed_from] if computed else [],
                       derived=[(f, values.label(f), values.shown(f, d.value)) for f, d in facts.facts.items()
                                if d.origins and isinstance(d.origins[0], Computed)],
                       history=repository.value_history(visit.session, found.id, field) if field else [],
                       rules=judgement.using(fields), waiting=judgement.waiting_for(fields), printed=printed,
                       label=values.label(field) if field else "", itself=contents.SERVICE)
