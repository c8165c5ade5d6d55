"""抽驗: an auditor keys a random sample of accepted values again, seeing the ink and never the machine's value."""

from __future__ import annotations

import secrets

from fastapi import APIRouter
from starlette.responses import Response

from domain import vocabulary
from domain.errors import BadValue
from intake.people import audit
from intake.proportion import wilson
from intake.store import looks, rekey, repository, stops
from intake.store.rekey import VERDICTS, Agreement, ItemView
from intake.web import facts as fact_views
from intake.web import render, values
from intake.web.door import Auditor, Posted, Visit, go, whole, words
from intake.web.errors import sentence
from intake.web.facts import Spot

router = APIRouter(include_in_schema=False, prefix="/audit/rekey")

SIZE, MOST = 50, 500


def typable(field: str) -> bool:
    """Whether a value of the field can be keyed into one box."""
    return values.can_be_typed(field) and field not in values.VIOLATIONS and looks.kind_of(field) != "document"


@router.get("")
def every(visit: Auditor) -> Response:
    """The rounds so far, and drawing another."""
    return _every(visit)


def _every(visit: Visit, problem: str = "") -> Response:
    found = rekey.rounds(visit.session)
    return render.page(visit, "rekey.html", 422 if problem else 200, rounds=[(r, wilson(r.right, r.legible)) for r in found],
                       accepted=rekey.accepted(visit.session), size=SIZE, most=MOST, problem=problem)


@router.post("")
def draw(visit: Auditor, form: Posted) -> Response:
    """Draw a sample; without a seed one is thrown, and kept."""
    size, seed = whole(form, "size"), whole(form, "seed")
    if not 1 <= size <= MOST:
        return _every(visit, "請填 1 到 500 的件數。")
    if not any(True for _ in rekey.population(visit.session, typable)):
        return _every(visit, "還沒有可以抽驗的值：要有送件後讀好的文件。")
    made = rekey.draw(visit.session, visit.person, size, seed % 2**31 if seed >= 0 else secrets.randbelow(2**31), typable)
    found = rekey.find(visit.session, made)
    visit.record(audit.ADD, f"rekey/{made}", lines=found.size, what="rekey")
    return go(f"/audit/rekey/{made}/next")


@router.get("/{round_id}")
def result(visit: Auditor, round_id: int) -> Response:
    """What a round says so far: agreement by field and by kind, and each difference with its ink."""
    found, of_round = rekey.find(visit.session, round_id), rekey.items(visit.session, round_id)
    visit.record(audit.LOOK, f"rekey/{round_id}")
    apart = [(i, _spot(visit, i), values.shown(i.field, i.machine), values.shown(i.field, i.typed)) for i in of_round if i.agrees is False]
    return render.page(visit, "rekey_round.html", round=found, interval=wilson(found.right, found.legible), apart=apart, verdicts=VERDICTS,
                       fields=_rows(rekey.by(of_round, lambda i: values.label(i.field))),
                       kinds=_rows(rekey.by(of_round, lambda i: fact_views.KIND_WORDS.get(i.kind, i.kind))))


def _rows(of: list[Agreement]) -> list[tuple[Agreement, tuple[float, float]]]:
    return [(a, wilson(a.right, a.n)) for a in of]


@router.get("/{round_id}/next")
def onward(visit: Auditor, round_id: int) -> Response:
    """The next value that nobody has keyed, or the result."""
    rekey.find(visit.session, round_id)
    stopped = stops.all_stopped(visit.session)
    left = next((i.place for i in rekey.items(visit.session, round_id) if not i.keyed and i.case not in stopped), None)
    return go(f"/audit/rekey/{round_id}" if left is None else f"/audit/rekey/{round_id}/{left}")


@router.get("/{round_id}/{place}")
def ask(visit: Auditor, round_id: int, place: int) -> Response:
    item = rekey.item(visit.session, round_id, place)
    if item.keyed or item.case in stops.all_stopped(visit.session):
        return go(f"/audit/rekey/{round_id}")
    visit.record(audit.LOOK, f"paper/{item.paper_id}", what="rekey", page=item.page)
    return _ask(visit, item)


def _ask(visit: Visit, item: ItemView, problem: str = "", typed: str = "") -> Response:
    term = vocabulary.term(item.field)
    return render.page(visit, "rekey_item.html", 422 if problem else 200, item=item, round=rekey.find(visit.session, item.round),
                       spot=_spot(visit, item), asked=term.short, kind=term.type, problem=problem, typed=typed,
                       choices=[(c, values.word(item.field, c)) for c in term.choices],
                       paper=fact_views.KIND_WORDS.get(item.kind, item.kind),
                       hint=values.WANTED.get(term.type, "一行一項" if term.type == "texts" else "文件上印什麼就打什麼"))


def _spot(visit: Visit, item: ItemView) -> Spot:
    """Where the ink is; without what was read there."""
    picture = repository.picture(visit.session, item.paper_id, item.page)
    return Spot(item.paper_id, "", "", item.page, item.box, "", picture.width, picture.height, picture.turned)


@router.post("/{round_id}/{place}")
def keyed(visit: Auditor, round_id: int, place: int, form: Posted) -> Response:
    """Keep what was keyed, and on to the next."""
    item = rekey.item(visit.session, round_id, place)
    typed = "\n".join(v for v in form.getlist("value") if isinstance(v, str)).strip()
    value = None
    if words(form, "act") != "unreadable":
        try:
            value = values.typed(item.field, typed)
        except BadValue as wrong:
            return _ask(visit, item, sentence(wrong), typed)
        if value is None:
            return _ask(visit, item, "請打出文件上的內容；看不清楚時按「看不清楚」。")
    rekey.key(visit.session, item.id, visit.person, value)
    visit.record(audit.ADD, f"rekey/{round_id}", field=item.field, what="rekey")
    return go(f"/audit/rekey/{round_id}/next")


@router.post("/{round_id}/{place}/verdict")
def judge(visit: Auditor, round_id: int, place: int, form: Posted) -> Response:
    """Who was right where the two differ."""
    item = rekey.item(visit.session, round_id, place)
    rekey.judge(visit.session, item.id, words(form, "verdict"))
    visit.record(audit.CHANGE, f"rekey/{round_id}", field=item.field, what="verdict")
    return go(f"/audit/rekey/{round_id}#d-{place}")
