"""Ask a programme: facts in, one finding for every rule out (DECIDING.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, UNDETERMINED, Decision, Finding
from domain.errors import BadValue
from domain.field import Value
from domain.vocabulary import FORMS, check_facts, groups, term
from eligibility import dates
from eligibility.evidence import name, named
from eligibility.paper import Paper
from eligibility.programme import Programme, intake_checks
from eligibility.rule import CALENDAR, DAY, PARAMETER, SUBMITTED, Answer, Rule

RECORD_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("date", "uploaded_on", "due", "received"), "date"),
    **dict.fromkeys(("amount", "net_amount", "tax_amount"), "money"),
    **dict.fromkeys(("score", "done_percent"), "number"),
}
"""The keys of records that rules count or reckon with, and the type of each."""


@dataclass(frozen=True)
class Question:
    """What is known on the day. ``asked`` is the day that was asked about or the day of the application; without either, today stands
    in only to choose the figures that were in force."""

    facts: Mapping[str, Value]
    shaped: Mapping[str, Any]
    day: date | None
    asked: date | None
    as_of: date


def decide(programme: Programme, facts: Mapping[str, Value], as_of: date | None, today: date, intake: bool = True) -> Decision:
    """Ask every rule of the programme and, with ``intake``, after them the checks of every case, which never change the outcome.

    ``as_of`` is the day on which the question is asked, or None: then ``app.submitted_date``, then ``today``. A rule about the day of the
    application uses ``app.submitted_date``, else an explicit ``as_of``, never ``today``.
    Raises UnknownField, BadValue."""
    question = put(with_groups(check_facts(dict(facts))), as_of, today)
    findings = tuple(ask(rule, programme, question) for rule in programme.rules)
    outcome, checks = aggregate(findings), intake_checks()
    if not intake or programme is checks:
        return Decision(programme.id, question.as_of, outcome, findings, programme.edition)
    beside = tuple(replace(ask(rule, checks, question), mandatory=False) for rule in checks.rules)
    return Decision(programme.id, question.as_of, outcome, findings + beside, f"{programme.edition}+{checks.edition}")


def put(known: Mapping[str, Value], as_of: date | None, today: date) -> Question:
    """The question that ``decide`` asks of each rule. ``known`` are checked facts, single records gathered in their group."""
    submitted = date.fromisoformat(known[SUBMITTED]) if SUBMITTED in known else None
    asked = as_of or submitted
    return Question(known, {f: _shape(f, v) for f, v in known.items()}, submitted or as_of, asked, asked or today)


def aggregate(findings: Sequence[Finding]) -> str:
    """The outcome of mandatory findings together: the worst of fail, undetermined, needs_evidence; else pass."""
    outcomes = {f.outcome for f in findings if f.mandatory}
    return next((o for o in (FAIL, UNDETERMINED, NEEDS_EVIDENCE) if o in outcomes), PASS)


def ask(rule: Rule, programme: Programme, question: Question) -> Finding:
    """One rule's answer."""
    given: dict[str, Any] = {}
    used: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    unknown: list[str] = []
    required: list[str] = []
    for want in rule.wants:
        value: Any
        if want.kind == PARAMETER:
            parameter = programme.parameters[want.key]
            value = parameter.on(question.as_of)
            if parameter.varies and question.asked is None:
                value = None
                required.append(SUBMITTED)
            elif value is None and not want.may_be_unknown:
                return _found(
                    rule, question, Answer(UNDETERMINED, f"{dates.roc(question.as_of)}沒有生效中的規定（{parameter.clause}），無法判斷。")
                )
            figures[want.key] = value
        elif want.kind == CALENDAR:
            value = dates.calendar()
        else:
            value = question.day if want.kind == DAY else question.shaped.get(want.key)
            if value is None:
                (unknown if want.may_be_unknown else required).append(want.key)
            elif want.key in question.facts:
                used[want.key] = question.facts[want.key]
            else:
                used["as_of"] = question.day
        given[want.name] = value
    if required:
        missing = tuple(dict.fromkeys(required))
        return _found(rule, question, Answer(NEEDS_EVIDENCE, rule.ask or _asking(missing), missing=missing), used, figures)
    answer = rule.function(**given)
    return _found(rule, question, answer, used, figures, tuple(dict.fromkeys(unknown)))


def _found(
    rule: Rule,
    question: Question,
    answer: Answer,
    used: Mapping[str, Any] | None = None,
    figures: Mapping[str, Any] | None = None,
    unknown: tuple[str, ...] = (),
) -> Finding:
    missing = (answer.missing or unknown) if answer.outcome == NEEDS_EVIDENCE else ()
    return Finding(
        rule.id,
        answer.outcome,
        rule.clause,
        answer.value,
        used or {},
        missing,
        figures or {},
        answer.explanation or rule.ask or _asking(missing),
        rule.mandatory.on(question.as_of),
        answer.forward or (_forward(missing) if missing else ""),
    )


def _asking(fields: Sequence[str]) -> str:
    return f"還不知道{'、'.join(named(f) for f in fields)}，無法判斷。"


def _forward(fields: Sequence[str]) -> str:
    return f"補上{'、'.join(f'「{name(f)}」' for f in fields)}後即可判斷。"


def with_groups(facts: dict[str, Value]) -> dict[str, Value]:
    """One single record given as plain fields becomes a list of one."""
    for group in groups():
        record = {f.partition(".")[2]: v for f, v in facts.items() if f.startswith(f"{group}.")}
        if record and group not in facts:
            facts[group] = [record]
    return facts


def _date(value: Any) -> date:
    return date.fromisoformat(value)


def _decimal(value: Any) -> Decimal:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number


def _record(field: str, row: Mapping[str, Any]) -> dict[str, Any]:
    out = {k: v for k, v in row.items() if v is not None}
    for key in out.keys() & RECORD_KEYS.keys():
        kind = RECORD_KEYS[key]
        good, wanted = FORMS[kind]
        if not good(out[key]):
            raise BadValue(f"{field}.{key}", out[key], wanted)
        out[key] = SHAPES.get(kind, _as_written)(out[key])
    return out


def _as_written(value: Any) -> Any:
    return value


SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "date": _date,
    "datetime": datetime.fromisoformat,
    "dates": lambda v: [_date(d) for d in v],
    "document": Paper.of,
    "number": _decimal,
    "percent": _decimal,
    "record": dict,
}
"""How a fact of a type reaches a rule, where it is not as written."""


def _shape(field: str, value: Value) -> Any:
    kind = "rows" if field in groups() else term(field).type
    if kind == "rows":
        return [_record(field, r) for r in value]
    try:
        return SHAPES.get(kind, _as_written)(value)
    except (TypeError, ValueError):
        raise BadValue(field, value, FORMS[kind][1]) from None
