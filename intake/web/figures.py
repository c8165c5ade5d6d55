"""儀表: how well the machine reads and how quickly the desk works, over time; each point leads to what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.field import ACCEPTED
from intake import clock
from intake.people import audit
from intake.proportion import wilson
from intake.store import figures, rekey
from intake.store.figures import Thing
from intake.store.views import CASE_STATES, DRAFT, PASSED, REFUSED
from intake.web import facts as fact_views
from intake.web import render, values
from intake.web.door import Auditor, Visit
from intake.web.plot import Plot, Point, Series, plot
from intake.web.settle import CHOSEN, CONFIRMED

router = APIRouter(include_in_schema=False, prefix="/audit/figures")

STEPS = {"day": ("每日", 14), "week": ("每週", 12), "month": ("每月", 12)}
"""The lengths of a period and how many are shown."""
ACCEPTANCE, SILENT, MENDED, TIME, CAME, ENDED, STAND = "acceptance", "silent", "mended", "time", "came", "ended", "stand"
NAMES = {ACCEPTANCE: "不經人看即採用的值", SILENT: "採用後被更正的值", MENDED: "人看過的值", TIME: "讀好的文件", CAME: "送件的案件",
         ENDED: "結案的案件", STAND: "辦理中的案件"}
"""What stands behind a point, by the chart's id."""
OLD_DAYS = 5
OLD = "old"
STANDING = {s: word for s, word in CASE_STATES.items() if s not in (DRAFT, PASSED, REFUSED)} | {OLD: "逾 5 天"}
"""What an open case is counted as: its state, and whether it was sent long ago."""
SILENT_ABOUT = "抽驗：不經人看即採用的值重鍵後不一致的比例，附 95% 區間。更正：採用的值事後被人更正的比例，是下限。"


@dataclass(frozen=True)
class Period:
    """From the beginning of ``first`` to before ``after``."""

    first: date
    after: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        return datetime.combine(self.first, time()), datetime.combine(self.after, time())

    @property
    def label(self) -> str:
        """The first day, or the month where it is a whole one."""
        whole = self.first.day == 1 and (self.after - self.first).days > 7
        return f"{self.first.year - 1911}/{self.first.month:02d}" if whole else f"{self.first.month}/{self.first.day}"

    def holds(self, at: datetime) -> bool:
        since, until = self.bounds
        return since <= at < until


@dataclass(frozen=True)
class Chart:
    """A drawing with its figures: ``rows`` are the table below it, one a period."""

    id: str
    title: str
    about: str
    plot: Plot
    series: tuple[Series, ...]


def periods(step: str, today: date) -> list[Period]:
    """The last periods up to and with the one of ``today``; weeks begin on Monday.

    >>> [str(p.first) for p in periods("month", date(2026, 1, 31))[-2:]]
    ['2025-12-01', '2026-01-01']
    """
    n = STEPS[step][1]
    if step == "month":
        months = [today.year * 12 + today.month - 1 - i for i in range(n - 1, -2, -1)]
        firsts = [date(m // 12, m % 12 + 1, 1) for m in months]
    else:
        days = 7 if step == "week" else 1
        begin = today - timedelta(days=today.weekday()) if step == "week" else today
        firsts = [begin - timedelta(days=days * i) for i in range(n - 1, -2, -1)]
    return [Period(a, b) for a, b in zip(firsts, firsts[1:], strict=False)]


@router.get("")
def every(visit: Auditor, step: str = "week") -> Response:
    step = step if step in STEPS else "week"
    spans = periods(step, clock.today())
    since, until = spans[0].bounds[0], spans[-1].bounds[1]
    visit.record(audit.LOOK, "figures", what=step)
    read, settled = figures.readings(visit.session, since, until), figures.settled(visit.session, since, until, (CONFIRMED, CHOSEN))
    charts = [
        _chart("silent", "靜默錯誤的估計", SILENT_ABOUT,
               (_rekeyed(visit, spans), _shares("更正", spans, _silent(read, settled), step, SILENT)), "%"),
        _chart("acceptance", "不經人看即採用的比例", "讀到的值中，有足夠佐證而直接採用的比例。",
               (_shares("採用", spans, read, step, ACCEPTANCE),), "%"),
        _chart("mended", "人看過的值中被更正的比例", "承辦人員或申請人看過之後更正的比例；其餘是確認無誤。",
               (_shares("更正", spans, settled, step, MENDED),), "%"),
        _chart("time", "讀取時間（秒）", "從收到文件到讀好，含等候；中位數與第 90 百分位數。",
               _times(spans, figures.waits(visit.session, since, until), step), ""),
        _chart("flow", "辦理量", "送件與結案的件數。",
               (_counts("送件數", spans, figures.came(visit.session, since, until), step, CAME),
                _counts("結案數", spans, figures.ended(visit.session, since, until), step, ENDED)), "", whole=True),
        _chart("stand", "辦理中的案件", "各期末各狀態的件數，以及送件超過 5 天的件數。", _standing(visit, spans, step), "", whole=True),
    ]
    return render.page(visit, "figures.html", charts=charts, step=step, steps=STEPS, fields=_by(settled, lambda t: values.label(t.field)),
                       kinds=_by(settled, lambda t: fact_views.KIND_WORDS.get(t.kind, t.kind)))


def _chart(chart_id: str, title: str, about: str, series: Sequence[Series], unit: str, whole: bool = False) -> Chart:
    return Chart(chart_id, title, about, plot(series, unit, whole), tuple(series))


def _behind(what: str, span: Period, step: str, state: str = "") -> str:
    asked = {"what": what, "first": span.first.isoformat(), "after": span.after.isoformat(), "step": step, "state": state}
    return "/audit/figures/behind?" + urlencode({k: v for k, v in asked.items() if v})


def _shares(name: str, spans: Sequence[Period], things: Sequence[Thing], step: str, what: str) -> Series:
    out = []
    for span in spans:
        here = [t for t in things if span.holds(t.at)]
        k, n = round(sum(t.value for t in here)), round(sum(t.of for t in here))
        # what was mended in this period may have been read before it
        k = min(k, n)
        low, high = wilson(k, n)
        out.append(Point(span.label, 100 * k / n, f"{100 * k / n:.1f}%（{k}／{n}）", _behind(what, span, step), 100 * low, 100 * high, n)
                   if n else Point(span.label, None, values.UNKNOWN))
    return Series(name, tuple(out))


def _silent(read: Sequence[Thing], settled: Sequence[Thing]) -> list[Thing]:
    """The accepted values, and those of them that a person mended: a mended one counts once, above."""
    mended = [Thing(t.at, t.case, t.what, t.field, t.kind, 1, 0) for t in settled if t.what == ACCEPTED and t.value]
    return [*(Thing(t.at, t.case, t.what, value=0, of=t.value) for t in read), *mended]


def _rekeyed(visit: Visit, spans: Sequence[Period]) -> Series:
    """What differed of all that was keyed again in each period; its newest round is behind it."""
    rounds, out = rekey.rounds(visit.session), []
    for span in spans:
        here = [r for r in rounds if span.holds(r.at) and r.legible]
        n = sum(r.legible for r in here)
        wrong = n - sum(r.right for r in here)
        low, high = wilson(wrong, n)
        out.append(Point(span.label, 100 * wrong / n, f"{100 * wrong / n:.1f}%（{wrong}／{n}）", f"/audit/rekey/{here[0].id}", 100 * low,
                         100 * high, n) if n else Point(span.label, None, values.UNKNOWN))
    return Series("抽驗", tuple(out))


def _times(spans: Sequence[Period], things: Sequence[Thing], step: str) -> tuple[Series, Series]:
    def series(name: str, of: Callable[[list[float]], float]) -> Series:
        out = []
        for span in spans:
            here = [t.value for t in things if span.holds(t.at)]
            out.append(Point(span.label, of(here), f"{of(here):.1f} 秒（{len(here)} 份）", _behind(TIME, span, step), n=len(here))
                       if here else Point(span.label, None, values.UNKNOWN))
        return Series(name, tuple(out))

    return series("中位數", median), series("第 90 百分位", lambda v: quantiles(v, n=10)[-1] if len(v) > 1 else v[0])


def _counts(name: str, spans: Sequence[Period], things: Sequence[Thing], step: str, what: str) -> Series:
    counted = [(span, sum(span.holds(t.at) for t in things)) for span in spans]
    return Series(name, tuple(Point(s.label, n, str(n), _behind(what, s, step) if n else "", n=n) for s, n in counted))


def _standing(visit: Visit, spans: Sequence[Period], step: str) -> tuple[Series, ...]:
    ends = {span: min(span.bounds[1], clock.now()) for span in spans}
    found = figures.stand(visit.session, ends.values())

    def series(name: str, state: str, counts: Callable[[Thing], bool]) -> Series:
        n = {span: sum(map(counts, found[ends[span]])) for span in spans}
        return Series(name, tuple(Point(s.label, n[s], str(n[s]), _behind(STAND, s, step, state) if n[s] else "", n=n[s]) for s in spans))

    return tuple(series(word, state, lambda t, s=state: t.value > OLD_DAYS if s == OLD else t.what == s)  # type: ignore[misc]
                 for state, word in STANDING.items())


def _by(settled: Sequence[Thing], name: Callable[[Thing], str]) -> list[tuple[str, int, int, tuple[float, float]]]:
    """What people looked at and mended, by field or kind: name, mended, looked at, the interval of the share; most mended first."""
    groups: dict[str, list[Thing]] = {}
    for t in settled:
        groups.setdefault(name(t) or values.UNKNOWN, []).append(t)
    counted = [(k, round(sum(t.value for t in ts)), len(ts)) for k, ts in groups.items()]
    return [(k, m, n, wilson(m, n)) for k, m, n in sorted(counted, key=lambda c: (-c[1], -c[2], c[0]))]


@router.get("/behind")
def behind(visit: Auditor, what: str = CAME, first: str = "", after: str = "", step: str = "week", state: str = "") -> Response:
    """The single things that a point is made of."""
    try:
        span = Period(date.fromisoformat(first), date.fromisoformat(after))
    except ValueError:
        span = periods("week", clock.today())[-1]
    what = what if what in NAMES else CAME
    visit.record(audit.LOOK, "figures", what=what)
    return render.page(visit, "figures_behind.html", title=NAMES[what], span=span, things=_things(visit, what, span, state), what=what,
                       step=step, beside=_beside(visit, what, span, step, state), states=CASE_STATES, kinds=fact_views.KIND_WORDS)


def _beside(visit: Visit, what: str, span: Period, step: str, state: str) -> list[tuple[str, str, bool]]:
    """The points of one period of a chart, as (word, address, whether it is shown): where two stand in one place a click meets one."""
    if what in (CAME, ENDED):
        return [(word, _behind(w, span, step), w == what) for w, word in ((CAME, "送件數"), (ENDED, "結案數"))]
    if what == STAND:
        return [(word, _behind(STAND, span, step, s), s == state) for s, word in STANDING.items()]
    keyed = _rekeyed(visit, [span]).points[0].address if what == SILENT else ""
    return [("抽驗", keyed, False), ("更正", _behind(what, span, step), True)] if keyed else []


def _things(visit: Visit, what: str, span: Period, state: str) -> list[Thing]:
    since, until = span.bounds
    if what == STAND:
        end = min(until, clock.now())
        every = figures.stand(visit.session, [end])[end]
        return [t for t in every if (t.value > OLD_DAYS if state == OLD else t.what == state)]
    if what in (SILENT, MENDED):
        settled = figures.settled(visit.session, since, until, (CONFIRMED, CHOSEN))
        return [t for t in settled if what == MENDED or (t.what == ACCEPTED and t.value)]
    return {ACCEPTANCE: figures.readings, TIME: figures.waits, CAME: figures.came, ENDED: figures.ended}[what](visit.session, since, until)
