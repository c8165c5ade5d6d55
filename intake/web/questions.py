"""The questions that no paper answers: what the forms print and the conditions need, and nobody has said yet.

An applicant is asked only about themselves. What must be looked up in a register, found in order, or set by the office is a clerk's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain import vocabulary
from domain.case import CaseFacts
from domain.field import ACCEPTED, Entry, Fact, Read
from eligibility import evidence
from eligibility.programme import OF_EVERY_CASE
from eligibility.rule import SUBMITTED
from generators.template import FormTemplate
from intake.web import values

GROUPS = (
    ("app.", "申請內容"), ("advisor.", "輔導單位"), ("agent.", "代理人"), ("contact.", "聯絡人"), ("org.", "公司或商號"),
    ("fin.", "財務"), ("hc.", "員工"), ("prior.", "曾接受的輔導"), ("energy.", "能源使用"), ("chain.", "供應鏈"), ("fund.", "經費"),
    ("plan.", "計畫內容"), ("loan.", "貸款"), ("wage.", "薪資"), ("tax.", "稅務"), ("rd.", "研究發展"), ("person.", "申請人"),
    ("listing.", "商品"), ("purchase.", "採購"),
)
"""What an applicant is asked about, by the beginning of the field, and the heading it stands under."""

OF_THE_OFFICE = frozenset({
    "app.submitted_date", "app.received_date", "app.notice_date", "app.supplement_date", "app.consent_recorded", "app.false_material_found",
    "app.window_start", "app.window_end", "org.registration_kind", "org.registered_city", "plan.revised_submitted_date",
    "fund.paid_on", "advisor.env_compliance_confirmed", "org.fiscal_tier",
})
"""Fields under those beginnings that the service or the office sets."""

BY_THE_OFFICE = ("系統紀錄", "主管機關公告", "承辦人查核", "主辦單位結算")
"""Sources (``eligibility.evidence``) that no applicant can hurry."""

NO_BLANK = ("seal", "sign", "fixed")


@dataclass(frozen=True)
class Question:
    """One question. ``value`` stands in the box; ``why`` names the forms and conditions that want it; ``choices`` are (value, words)."""

    field: str
    label: str
    kind: str
    unit: str
    choices: tuple[tuple[str, str], ...]
    value: str
    why: str
    wanted: bool
    hint: str

    @property
    def id(self) -> str:
        """For the page: an id without dots."""
        return self.field.replace(".", "-")


def asked(field: str) -> bool:
    """Whether the applicant may be asked for ``field``, and it can be typed into one box."""
    return (field in vocabulary.terms() and field not in OF_THE_OFFICE and field.startswith(tuple(p for p, _ in GROUPS))
            and vocabulary.term(field).type in values.PEOPLE_TYPE)


def of_the_office(field: str) -> bool:
    """Whether the office or the service itself finds ``field`` out, so that the applicant has nothing to bring and nothing to say."""
    source = evidence.where(field)
    return not asked(field) and "申請人聲明" not in source and (field == SUBMITTED or field.startswith("cmp.") or source in BY_THE_OFFICE)


def may_say(field: str, facts: CaseFacts) -> bool:
    """Whether an applicant may state ``field``: what they are asked about, and what their own papers told."""
    fact = facts.facts.get(field)
    return field not in OF_THE_OFFICE and (field.startswith(tuple(p for p, _ in GROUPS)) or (
        fact is not None and any(isinstance(o, Read) for o in fact.origins) and not field.startswith("doc.")))


def questions(forms: Sequence[FormTemplate], facts: CaseFacts, decision: Mapping[str, Any] | None) -> list[tuple[str, list[Question]]]:
    """Heading by heading, the questions of a case whose applicant needs ``forms``: open ones and those a person has answered."""
    why: dict[str, list[str]] = {}
    wanted: set[str] = set()
    for f in forms:
        for slot in f.slots:
            if slot.field and asked(slot.field) and slot.source != "calc" and f.how[slot.id].type not in NO_BLANK:
                why.setdefault(slot.field, []).append(f.title)
                wanted |= {slot.field} if slot.required else set()
    for finding in (decision or {}).get("findings", []):
        for name in () if finding["rule"].startswith(OF_EVERY_CASE) else finding["missing"]:
            if asked(name):
                why.setdefault(name, [])
                wanted |= {name} if finding["mandatory"] else set()
    for name, fact in facts.facts.items():
        if fact.origins and isinstance(fact.origins[0], Entry) and asked(name):
            why.setdefault(name, [])
    open_ones = [_question(f, facts.facts.get(f), why[f], f in wanted, forms) for f in why if _open(facts.facts.get(f))]
    return [(heading, [q for q in open_ones if q.field.startswith(prefix)]) for prefix, heading in GROUPS
            if any(q.field.startswith(prefix) for q in open_ones)]


def _open(fact: Fact | None) -> bool:
    """Whether to ask: not known, or known from a person who may think again. A doubtful reading is asked about beside its ink."""
    if fact is None or (fact.value is None and fact.status == ACCEPTED):
        return True
    return bool(fact.origins) and all(isinstance(o, Entry) for o in fact.origins)


@dataclass(frozen=True)
class Group:
    """The questions under one heading: ``open`` must be answered, or were answered in a wrong form; ``rest`` can wait."""

    heading: str
    open: tuple[Question, ...]
    rest: tuple[Question, ...]

    @property
    def answered(self) -> int:
        """How many of those that can wait have their answer."""
        return sum(bool(q.value) for q in self.rest)


def grouped(groups: Sequence[tuple[str, list[Question]]], wrong: Collection[str] = ()) -> list[Group]:
    """The questions as a page shows them, headings first under which something must be answered. ``wrong`` are fields."""
    found = [Group(heading, tuple(q for q in qs if _now(q, wrong)), tuple(q for q in qs if not _now(q, wrong))) for heading, qs in groups]
    return sorted(found, key=lambda g: not g.open)


def _now(question: Question, wrong: Collection[str]) -> bool:
    return question.field in wrong or (question.wanted and not question.value)


def left(groups: Sequence[tuple[str, list[Question]]]) -> int:
    """How many of the questions that must be answered are still open."""
    return sum(q.wanted and not q.value for _, qs in groups for q in qs)


def plain(field: str, facts: CaseFacts, forms: Sequence[FormTemplate]) -> Question:
    """The question for one field, whoever is asked; ``forms`` are all there are."""
    return _question(field, facts.facts.get(field), (), False, forms)


def _question(field: str, fact: Fact | None, titles: Sequence[str], wanted: bool, forms: Sequence[FormTemplate]) -> Question:
    term = vocabulary.term(field)
    why = "、".join(dict.fromkeys(titles))
    kind = "violations" if field in values.VIOLATIONS else term.type
    hint = values.WANTED.get(kind, "一行一項" if kind == "texts" else "") if kind not in ("bool", "document") else ""
    value = values.box(field, fact.value if fact else None)
    return Question(field, term.short, kind, term.unit, choices(field, forms), value, why, wanted, hint)


def choices(field: str, forms: Sequence[FormTemplate]) -> tuple[tuple[str, str], ...]:
    """The options of a choice: the vocabulary's, else those that a form prints."""
    term = vocabulary.term(field)
    if term.choices:
        return tuple((c, values.word(field, c)) for c in term.choices)
    if term.type in ("choice", "choices"):
        for f in forms:
            for slot in f.slots:
                if slot.field == field and slot.options:
                    given = f.how[slot.id].values or slot.options
                    return tuple((str(v), o) for v, o in zip(given, slot.options, strict=False))
    return ()
