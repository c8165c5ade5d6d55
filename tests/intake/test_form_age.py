"""A form is older than its case when it was made from other facts, whichever was finished first."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.case import CaseFacts, merge
from domain.field import Entry
from generators import template
from intake import form_age
from intake.store.views import FormView

AT = datetime(2025, 3, 1, 9)
FORM = template.load()["F10"]


def facts(**known: str) -> CaseFacts:
    return merge([], [Entry(k.replace("__", "."), v, "申請人", AT) for k, v in known.items()])


def filled(case: CaseFacts, marked: bool = True) -> FormView:
    """The form as it is filled from those facts, as far as its age goes."""
    slots = {s.id: {"field": s.field, "value": case.known().get(s.field), "printed": ""} for s in FORM.slots}
    trace = {"slots": slots} | ({form_age.MARK: form_age.mark(case)} if marked else {})
    return FormView(1, 1, "F10", FORM.edition, FORM.title, "", None, None, trace, AT)


def test_a_value_that_came_while_the_form_was_filled_makes_it_stale_and_is_shown_as_newer() -> None:
    before, after = facts(org__name="晨光股份有限公司"), facts(org__name="晨光股份有限公司", org__responsible_person="林示範")
    form = filled(before)
    assert form_age.stale([form], after, settled_since=False)
    assert set(form_age.newer(form, FORM, after).values()) == {"林示範"}
    assert not form_age.stale([form], before, settled_since=True), "decided again with the same facts"
    assert form_age.newer(form, FORM, before) == {}


def test_a_value_that_went_or_changed_is_newer_too() -> None:
    form = filled(facts(org__name="晨光股份有限公司"))
    assert set(form_age.newer(form, FORM, facts(org__name="夕陽股份有限公司")).values()) == {"夕陽股份有限公司"}


def test_a_form_from_before_marks_goes_by_the_order_of_events() -> None:
    case = facts(org__name="晨光股份有限公司")
    assert not form_age.stale([filled(case, marked=False)], case, settled_since=False)
    assert form_age.stale([filled(case, marked=False)], case, settled_since=True)


@given(st.dictionaries(st.sampled_from(["org__name", "org__responsible_person", "contact__name"]), st.text("甲乙丙", min_size=1)),
       st.dictionaries(st.sampled_from(["org__name", "org__responsible_person", "contact__name"]), st.text("甲乙丙", min_size=1)))
def test_the_mark_is_that_of_the_known_facts(one: dict[str, str], other: dict[str, str]) -> None:
    assert (form_age.mark(facts(**one)) == form_age.mark(facts(**other))) == (one == other)
