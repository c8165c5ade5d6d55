"""Fill one form from the facts of a case (FILLING.md).

What is not known stays blank. What a person must still look at, and what papers contradict each other about, stays blank too and
becomes a problem for the cover sheet. Sums are computed; a given figure that differs from its sum is reported, the sum prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import vocabulary
from domain.case import CaseFacts, same
from domain.errors import BadValue, FormNotFilled
from domain.field import REVIEW, Computed, Fact, Value
from domain.form import FilledForm, Problem, Slot, SlotValue
from generators import docx, expression, places, printing, trace, warm
from generators.template import BLANK_TYPES, FormTemplate, How


@dataclass(frozen=True)
class _Filled:
    value: SlotValue
    tags: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Settled:
    """What each slot prints and why, and what each tag of the template becomes."""

    slots: Mapping[str, SlotValue]
    context: Mapping[str, Any]
    problems: tuple[Problem, ...]


def fill(template: FormTemplate, facts: CaseFacts, when: datetime) -> FilledForm:
    """The filled form with its trace. ``when`` is Taipei time without a zone. Raises FormNotFilled."""
    settled = settle(template, facts)
    try:
        data = docx.render(template.docx, settled.context, f"{template.title}（{template.id}）", when)
    except docx.BROKEN as e:
        raise FormNotFilled(template.id, str(e)) from e
    return FilledForm(template.id, template.edition, template.title, template.sha256, when, data, settled.slots, settled.problems)


def grounded(template: FormTemplate, facts: CaseFacts, when: datetime) -> bytes:
    """The form as ``fill`` makes it, each value on its slot's ground (``places``). Raises FormNotFilled."""
    try:
        ready = warm.ready(template.docx)
        marked = ready.another(places.grounded(ready.body, template.tags(), [s.id for s in template.slots]))
        return marked.render(settle(template, facts).context, f"{template.title}（{template.id}）", when)
    except docx.BROKEN as e:
        raise FormNotFilled(template.id, str(e)) from e


def settle(template: FormTemplate, facts: CaseFacts) -> Settled:
    """Decide every slot, without drawing the form."""
    known = facts.known()
    context: dict[str, Any] = {}
    slots: dict[str, SlotValue] = {}
    problems: list[Problem] = []
    for slot in template.slots:
        filled = _slot(slot, template.how[slot.id], facts, known)
        context |= filled.tags
        slots[slot.id] = filled.value
        problems += filled.problems
    problems += [Problem(c.slot, c.message) for c in template.checks if expression.evaluate(c.holds, known) is False]
    return Settled(slots, context, tuple(problems))


def _slot(slot: Slot, how: How, facts: CaseFacts, known: Mapping[str, Value]) -> _Filled:
    if how.type in BLANK_TYPES:
        return _Filled(SlotValue("", slot.field, None, None), printing.blank(slot, how).tags)
    if how.type == "fixed":
        empty = printing.blank(slot, how)
        return _Filled(SlotValue(empty.text, slot.field, None, Computed((), "表單固定文字")), empty.tags)
    fact = facts.facts.get(slot.field)
    given = known.get(slot.field)
    computed = expression.evaluate(how.compute, known) if how.compute else None
    if computed is not None:
        own = slot.field in expression.fields(how.compute)
        differs = () if own or given is None or same(given, computed) else (_differs(slot, how, given, computed),)
        return _printed(slot, how, computed, _computation(how.compute, how.how, known), differs)
    if given is not None and fact is not None and how.pick:
        piece = expression.evaluate(how.pick, known)
        if piece is None:
            return _Filled(SlotValue("", slot.field, None, None), printing.blank(slot, how).tags)
        return _printed(slot, how, piece, trace.origin(fact))
    if given is not None and fact is not None:
        return _printed(slot, how, given, trace.origin(fact))
    if how.fallback and (fact is None or fact.status != REVIEW):
        instead = expression.evaluate(how.fallback, known)
        if instead is not None:
            return _printed(slot, how, instead, _computation(how.fallback, how.how, known))
    return _left_blank(slot, how, facts)


def _computation(source: str, how: str, known: Mapping[str, Value]) -> Computed:
    return Computed(tuple(f for f in expression.fields(source) if f in known), how)


def _printed(slot: Slot, how: How, value: Value, origin: Any, problems: tuple[Problem, ...] = ()) -> _Filled:
    try:
        done = printing.printed(slot, how, value)
    except BadValue as e:
        wrong = Problem(slot.id, f"「{slot.label}」的值不能照本表的格式印出，先留白。{e.zh}")
        return _Filled(SlotValue("", slot.field, None, None), printing.blank(slot, how).tags, (*problems, wrong))
    many = (Problem(slot.id, f"「{slot.label}」本表列 {how.most} 筆，資料有 {len(value)} 筆，已續列，請確認是否要改用續頁。"),) \
        if how.most and isinstance(value, list) and len(value) > how.most else ()
    return _Filled(SlotValue(done.text, slot.field, value, origin), done.tags, (*problems, *many))


def _differs(slot: Slot, how: How, given: Value, computed: Value) -> Problem:
    def shown(value: Value) -> str:
        try:
            return printing.printed(slot, how, value).text
        except BadValue:
            return str(value)

    return Problem(slot.id, f"「{slot.label}」所給的是 {shown(given)}，{how.how or '由其他欄位計算'}得 {shown(computed)}，"
                            "兩者不符；本欄印計算的結果，請查明。")


def _left_blank(slot: Slot, how: How, facts: CaseFacts) -> _Filled:
    names = (slot.field, *expression.fields(how.compute), *expression.fields(how.fallback))
    why = next(filter(None, (_reason(slot, name, facts) for name in names)), None)
    gaps = [vocabulary.term(f).short for f in expression.needed(how.compute) if f not in facts.known()]
    if why is None and slot.required and gaps:
        why = f"「{slot.label}」因{'、'.join(f'「{g}」' for g in gaps)}沒有資料而不能計算，先留白。"
    elif why is None and slot.required:
        why = f"「{slot.label}」沒有資料，本欄留白，請補填。"
    problems = () if why is None else (Problem(slot.id, why),)
    return _Filled(SlotValue("", slot.field, None, None), printing.blank(slot, how).tags, problems)


def _reason(slot: Slot, name: str, facts: CaseFacts) -> str | None:
    """Why a fact that is there may not print."""
    conflict = next((c for c in facts.conflicts if c.field == name), None)
    if conflict is not None:
        said = "、".join(f"「{v}」" for v, _ in conflict.values)
        if conflict.claimed:
            return f"「{slot.label}」申請人更正的和文件不同（{said}），先留白，由承辦人員看過後擇一。"
        return f"「{slot.label}」各文件所載不一致（{said}），先留白，請查明後擇一。"
    fact: Fact | None = facts.facts.get(name)
    if fact is not None and fact.status == REVIEW:
        doubts = "；".join(dict.fromkeys(d for o in fact.origins for d in getattr(o, "doubts", ())))
        return f"「{slot.label}」的讀值待人確認{f'（{doubts}）' if doubts else ''}，先留白。"
    return None
