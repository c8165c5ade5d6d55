"""What would change the answer: the rules are asked again with one fact changed (near misses), or on a later day (until when).

No sentence here belongs to a rule. Every change that is offered was asked of its rule and turned it, and lets no other mandatory rule
fail that did not fail before. One fact at a time: where two are needed nothing is offered, and the finding names what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, VALUE, Decision, Finding, plain
from domain.field import Value
from domain.vocabulary import check_facts, term, terms
from eligibility import what_if_words as words
from eligibility.decide import ask, decide, put, with_groups
from eligibility.programme import Programme
from eligibility.rule import DAY, FIELD, PARAMETER, SUBMITTED, Rule
from eligibility.turning import DAYS, SCALES, edge, points, spans

SUPPLY, CHANGE, WAIT = "supply", "change", "wait"
"""A fact that was not known; one that was; the day of the application, later."""

YEARS_AHEAD = 20


@dataclass(frozen=True)
class Change:
    """With ``field`` at ``value`` the rule comes to ``outcome``, all else the same. ``least`` and ``most`` are the ends of the stretch
    of values that do so, None where none was met; both are None for words and yes or no. Values as in the facts."""

    rule: str
    how: str
    field: str
    value: Value
    outcome: str
    sentence: str
    least: Value = None
    most: Value = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Until:
    """The answer holds for applications up to the day before ``day``; on ``day`` it is ``outcome`` with ``value``."""

    rule: str
    day: date
    outcome: str
    value: Any
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return dict(plain(asdict(self)))


@dataclass(frozen=True)
class _Case:
    programme: Programme
    facts: Mapping[str, Value]
    as_of: date | None
    today: date

    def ask(self, rule: Rule, field: str = "", value: Value = None) -> Finding:
        """The rule's answer with one fact changed; only what the rule wants is put to it."""
        wanted = {w.key for w in rule.wants} | {SUBMITTED}
        known = {f: v for f, v in self.facts.items() if f in wanted} | ({field: value} if field else {})
        return ask(rule, self.programme, put(known, self._day(field, value), self.today))

    def decide(self, field: str, value: Value) -> Decision:
        return decide(self.programme, {**self.facts, field: value}, self._day(field, value), self.today, intake=False)

    def _day(self, field: str, value: Value) -> date | None:
        """To apply on another day is to ask on that day."""
        return date.fromisoformat(value) if field == SUBMITTED and self.as_of is not None else self.as_of

    @property
    def day(self) -> date | None:
        """The day of the application, as a rule sees it."""
        return date.fromisoformat(self.facts[SUBMITTED]) if SUBMITTED in self.facts else self.as_of


def what_if(programme: Programme, facts: Mapping[str, Value], as_of: date | None, today: date) -> tuple[Change, ...]:
    """For every mandatory ``fail`` and ``needs_evidence`` the single changes that would turn it to ``pass`` (a missing fact also to
    ``value``), in the order of the rules; a fact to supply first, then waiting, then changing. Raises UnknownField, BadValue."""
    case = _Case(programme, with_groups(check_facts(dict(facts))), as_of, today)
    decision = decide(programme, case.facts, as_of, today, intake=False)
    failed = {f.rule for f in decision.findings if f.mandatory and f.outcome == FAIL}
    out: list[Change] = []
    for rule, finding in zip(programme.rules, decision.findings, strict=True):
        if finding.mandatory and finding.outcome in (FAIL, NEEDS_EVIDENCE):
            found = [c for field in _fields(rule, finding) if (c := _change(case, rule, finding, field))]
            out += sorted(found, key=lambda c: (SUPPLY, WAIT, CHANGE).index(c.how))
    return tuple(c for c in out if _harmless(case, c, failed))


def until(programme: Programme, facts: Mapping[str, Value], as_of: date | None, today: date) -> tuple[Until, ...]:
    """For every ``pass`` and every named group (a ``value`` in words) that a later day of application would turn into ``fail`` or into
    another group: the first such day within 20 years, soonest first. A day on which the rule could no longer tell is no such day.
    Empty where the day of the application is not known. Raises UnknownField, BadValue."""
    case = _Case(programme, with_groups(check_facts(dict(facts))), as_of, today)
    if case.day is None:
        return ()
    findings = decide(programme, case.facts, as_of, today, intake=False).findings
    found = [_until(case, case.day, r, f) for r, f in zip(programme.rules, findings, strict=True) if _by_day(r) and _holds(f)]
    return tuple(sorted((u for u in found if u), key=lambda u: u.day))


def with_forward(decision: Decision, changes: tuple[Change, ...]) -> Decision:
    """The decision with the first change of each rule as the way forward, where the rule gave none."""
    said = {c.rule: c.sentence for c in reversed(changes)}
    return replace(decision, findings=tuple(f if f.forward else replace(f, forward=said.get(f.rule, "")) for f in decision.findings))


def _fields(rule: Rule, finding: Finding) -> list[str]:
    """What the rule asks for and can be changed by itself: fields of the vocabulary, the day among them."""
    wanted = [w.key for w in rule.wants if w.kind in (FIELD, DAY)] + [m for m in finding.missing if m == SUBMITTED]
    return [f for f in dict.fromkeys(wanted) if f in terms()]


def _change(case: _Case, rule: Rule, finding: Finding, field: str) -> Change | None:
    known = case.facts.get(field)
    if field == SUBMITTED and known is None and case.day:
        known = case.day.isoformat()
    how = SUPPLY if known is None else WAIT if field == SUBMITTED else CHANGE
    targets = (PASS, VALUE) if finding.outcome == NEEDS_EVIDENCE else (PASS,)
    kind = term(field).type
    search = _along if kind in SCALES else _among
    return next((c for target in targets if (c := search(case, rule, field, how, known, target))), None)


def _among(case: _Case, rule: Rule, field: str, how: str, known: Value, target: str) -> Change | None:
    """A yes or no, a word of a list, a paper in order: the first that turns the rule."""
    t = term(field)
    options: Mapping[str, tuple[Value, ...]] = {"bool": (True, False), "document": (True,), "choice": t.choices}
    for value in options.get(t.type, ()):
        if value != known and words.sayable(value) and case.ask(rule, field, value).outcome == target:
            return Change(rule.id, how, field, value, target, words.option(field, how, value, target))
    return None


def _along(case: _Case, rule: Rule, field: str, how: str, known: Value, target: str) -> Change | None:
    """A stretch of an ordered fact: the one nearest to what is known, else the widest."""
    scale = SCALES[term(field).type]
    now = scale.number(known)
    asked = points(scale, _anchors(case, rule))
    if how == WAIT and now is not None:
        asked = [p for p in asked if p >= now]
    seen: dict[int, str] = {}

    def outcome_at(p: int) -> str:
        if p not in seen:
            seen[p] = case.ask(rule, field, scale.value(p)).outcome
        return seen[p]

    found = spans(asked, outcome_at, target)
    if not found:
        return None
    best = max(found, key=lambda s: s.width) if now is None else min(found, key=lambda s: abs(s.nearest(now) - now))
    value, least, most = (None if n is None else scale.value(n) for n in (best.nearest(now), best.least, best.most))
    return Change(rule.id, how, field, value, target, words.span(field, how, known, least, most, target), least, most)


def _anchors(case: _Case, rule: Rule) -> list[Any]:
    """Everything that the rule knows: figures in force, facts, the day."""
    known = put(case.facts, case.as_of, case.today)
    figures = [case.programme.parameters[w.key].on(known.as_of) for w in rule.wants if w.kind == PARAMETER]
    return [*_flat(figures), *_flat([known.facts.get(w.key) for w in rule.wants]), case.day or known.as_of]


def _flat(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [x for v in value.values() for x in _flat(v)]
    return [x for v in value for x in _flat(v)] if isinstance(value, list | tuple) else [value]


def _harmless(case: _Case, change: Change, failed: set[str]) -> bool:
    findings = case.decide(change.field, change.value).findings
    return all(f.rule in failed for f in findings if f.mandatory and f.outcome == FAIL)


def _by_day(rule: Rule) -> bool:
    return any(w.key == SUBMITTED for w in rule.wants)


def _holds(finding: Finding) -> bool:
    return finding.outcome == PASS or (finding.outcome == VALUE and isinstance(finding.value, str))


def _until(case: _Case, day: date, rule: Rule, now: Finding) -> Until | None:
    def same(n: int) -> bool:
        return _alike(case.ask(rule, SUBMITTED, DAYS.value(n)), now)

    last, end = day.toordinal(), (day + timedelta(days=366 * YEARS_AHEAD)).toordinal()
    for p in points(DAYS, _anchors(case, rule)):
        if not last < p <= end:
            continue
        if not same(p):
            turned = date.fromordinal(edge(last, p, same) + 1)
            then = case.ask(rule, SUBMITTED, turned.isoformat())
            return Until(rule.id, turned, then.outcome, then.value, words.until(turned, then)) if then.outcome in (FAIL, VALUE) else None
        last = p
    return None


def _alike(a: Finding, b: Finding) -> bool:
    return a.outcome == b.outcome and (a.outcome != VALUE or a.value == b.value)
