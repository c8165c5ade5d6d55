"""Whatever the facts hold, a form is filled, its trace is whole, and what it printed stands in it."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import vocabulary
from domain.case import CaseFacts
from domain.errors import UsageError
from domain.field import REVIEW, Entry, Fact
from generators import check, docx, expression, template
from generators.fill import fill, settle
from generators.template import FormTemplate

FORMS = template.load()
WHEN = datetime(2019, 2, 20, 9, 30)

TEXT = st.text(st.sampled_from("甲乙丙堃喆峯𠮷 ABab09<&>'\"{}%#;，、()\n"), max_size=30)
DATES = st.dates().map(lambda d: d.isoformat())
LOOSE = st.none() | st.booleans() | st.integers(-10**12, 10**12) | st.floats(allow_nan=False, allow_infinity=False, width=32) | TEXT | DATES
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "money": st.integers(-10**13, 10**13), "integer": st.integers(-10**6, 10**6), "date": DATES, "bool": st.booleans(), "text": TEXT,
    "longtext": TEXT, "number": st.integers(0, 10**9) | st.floats(0, 10**9), "texts": st.lists(TEXT, max_size=12),
    "datetime": st.datetimes().map(lambda d: d.isoformat()[:19]), "choices": st.lists(TEXT, max_size=4),
}


def values(form: FormTemplate, name: str) -> st.SearchStrategy[Any]:
    """Values of the field's form, of the form's own options and records, and values that are neither."""
    kinds = [LOOSE, BY_TYPE.get(vocabulary.term(name).type, LOOSE)]
    for slot in form.slots:
        how = form.how[slot.id]
        if slot.field == name and how.values:
            own = st.sampled_from([v for v in how.values if not isinstance(v, list)] or [True])
            kinds += [own, st.lists(own, max_size=3)]
        if slot.field == name and (how.columns or how.parts or how.key):
            keys = [p.key for p in (*how.columns, *how.parts)] + [how.key or "item", "not_done", "amount", "ref"]
            record = st.dictionaries(st.sampled_from(keys), LOOSE, max_size=4)
            kinds += [record, st.lists(record, max_size=12)]
    return st.one_of(kinds)


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_facts_fill_the_form(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    fields = {s.field for s in form.slots if s.field}
    fields |= {f for h in form.how.values() for f in expression.fields(h.compute + " " + h.fallback)} & set(vocabulary.terms())
    facts = {}
    for field in sorted(fields):
        value = data.draw(values(form, field), label=field)
        if value is not None:
            status = data.draw(st.sampled_from(["accepted", "accepted", "accepted", REVIEW]))
            facts[field] = Fact(field, value, (Entry(field, value, "clerk", WHEN),), status)
    filled = settle(form, CaseFacts(facts))
    assert set(filled.context) == set(form.tags())
    assert list(filled.slots) == [s.id for s in form.slots]
    for slot in form.slots:
        shown, how = filled.slots[slot.id], form.how[slot.id]
        assert (shown.origin is None) <= (shown.printed == "")
        if how.type in ("seal", "sign"):
            assert shown.printed == ""
        fact = facts.get(slot.field)
        if fact is not None and fact.status == REVIEW and not how.compute and how.type not in ("fixed", "seal", "sign"):
            assert shown.printed == ""
            assert slot.id in {p.slot for p in filled.problems}


@pytest.mark.parametrize("name", FORMS)
def test_values_that_the_vocabulary_allows_need_no_apology(name: str) -> None:
    """A fact of the form that VALUES.md fixes prints, or is no choice of the form; it never fails to print for its form."""
    example = {"money": 1234567, "integer": 3, "date": "2018-05-01", "bool": True, "text": "甲", "longtext": "甲\n乙", "number": 1.5,
               "texts": ["甲", "乙"], "datetime": "2018-05-01T10:00:00", "digits8": "04595257"}
    form = FORMS[name]
    facts = {}
    for slot in form.slots:
        how = form.how[slot.id]
        kind = vocabulary.term(slot.field).type if slot.field else ""
        if how.values:
            facts[slot.field] = how.values[0][0] if isinstance(how.values[0], list) else how.values[0]
        elif kind in example:
            facts[slot.field] = example[kind]
    for slot in form.slots:
        if form.how[slot.id].key:
            facts[slot.field] = {form.how[slot.id].key: True, "kw": 5}
    for field, value in facts.items():
        try:
            vocabulary.check(field, value)
        except UsageError:
            facts[field] = [value]
    filled = fill(form, CaseFacts({k: Fact(k, v, (Entry(k, v, "clerk", WHEN),)) for k, v in facts.items()}), WHEN)
    assert [p.message for p in filled.problems if "不能照本表的格式印出" in p.message] == []
    text = check.squeezed(docx.text(Document(io.BytesIO(filled.docx))))
    for slot in form.slots:
        if form.how[slot.id].type not in ("rows", "checkN"):
            assert check.squeezed(filled.slots[slot.id].printed) in text, slot.id
