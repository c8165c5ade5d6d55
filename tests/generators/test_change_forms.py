"""F08 and F09: a plan that changes and a plan that ends."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from docx import Document

from domain.case import CaseFacts
from domain.form import FilledForm
from generators import docx, template
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()

PLAN: dict[str, Any] = {"org.name": "臺中市政府", "org.bureau": "資訊局", "plan.serial_no": 1, "plan.total_applications": 1,
                        "contact.name": "林喆", "contact.phone": "(04)2228-9111",
                        "plan.start_date": "2018-04-01", "plan.end_date": "2018-12-31"}

CHANGED: dict[str, Any] = {
    **PLAN, "change.applied_date": "2018-07-01", "change.items": "數量", "change.reason": "管線", "change.content": "180 組",
    "change.benefit": "節電 18%", "change.original_subsidy": 2000000, "change.original_share": 2500500, "change.revised_subsidy": 1800000,
    "change.revised_share": 2250450, "change.attachments": ["核定函", "計畫書", "對照表"], "change.force_majeure": "無",
}

ENDED: dict[str, Any] = {
    **PLAN, "term.applied_date": "2018-09-01", "term.effective_date": "2018-09-15", "term.reason": "天災", "subsidy.approved": 2000000,
    "term.items": [{"item": "訪談", "done_percent": 100, "not_done": False, "spent": 120000},
                   {"item": "採購", "done_percent": 37.5, "spent": 800500}, {"item": "安裝", "not_done": True}],
    "term.interest": 1234, "term.other_amount": 0, "term.attachments": ["核定函", "計畫書"], "term.force_majeure": "有",
}

COMPLETE = {"F08": CHANGED, "F09": ENDED}


def words(form: FilledForm) -> str:
    return docx.text(Document(io.BytesIO(form.docx)))


def test_a_change_adds_up_in_yuan(case: Case, when: datetime) -> None:
    form = fill(FORMS["F08"], case(CHANGED), when)
    text = words(form)
    assert form.problems == ()
    for printed in ("申請日期：107年7月1日", "臺中市　縣／市", "資訊局　局／處", "全程計畫：107年4月1日至107年12月31日", "4,500,500元",
                    "4,050,450元", "■無", "□有(應敘明不可抗力事由並檢具證明資料)", "2.變更後補助計畫書"):
        assert printed in text


def test_an_end_counts_in_thousands_and_leaves_the_office_its_box(case: Case, when: datetime) -> None:
    form = fill(FORMS["F09"], case(ENDED), when)
    assert form.problems == ()
    rows = [[c.text for c in r.cells] for r in Document(io.BytesIO(form.docx)).tables[0].rows]
    assert rows[8:11] == [["01.訪談", "■ (100)%", "□", "120"], ["02.採購", "■ (37.5)%", "□", "800.5"], ["03.安裝", "□ (_____)%", "■", ""]]
    assert rows[17] == ["10.", "□ (_____)%", "□", ""]
    assert ["合 計", "2,001.234", "", ""] in rows
    assert form.slots["refund_column"].printed == ""
    assert "自民國107年4月1日至107年12月31日" in words(form)
    assert "自107年9月15日起計畫終止" in words(form)


@pytest.mark.parametrize(("form", "facts", "slots"), [
    ("F08", {"change.original_total": 4500000}, ["orig_c"]),
    ("F08", {"change.revised_subsidy": 2000001}, ["new_a"]),
    ("F08", {"change.benefit": "更好"}, ["change_benefit"]),
    ("F08", {"change.force_majeure": "有"}, ["force_majeure_proof"]),
    ("F08", {"change.force_majeure_reason": "豪雨"}, ["force_majeure_proof"]),
    ("F08", {"change.effective_date": "2018-06-30"}, ["apply_date"]),
    ("F08", {"change.attachments": ["核定函"]}, ["attachments"]),
    ("F09", {"term.total": 2001000}, ["orig_total"]),
    ("F09", {"term.effective_date": "2019-01-01"}, ["terminate_from"]),
    ("F09", {"term.items": [{"item": "甲", "done_percent": 10, "not_done": True}]}, ["item_rows"]),
    ("F09", {"term.items": [{"item": str(n), "done_percent": 1} for n in range(11)]}, ["item_rows"]),
])
def test_what_does_not_go_together_is_said(form: str, facts: dict[str, Any], slots: list[str], case: Case, when: datetime) -> None:
    assert [p.slot for p in fill(FORMS[form], case(COMPLETE[form] | facts), when).problems] == slots


def test_a_sum_says_which_figure_it_lacks(case: Case, when: datetime) -> None:
    problems = fill(FORMS["F09"], case(ENDED | {"term.interest": None}), when).problems
    assert [(p.slot, p.message) for p in problems] == [
        ("orig_interest", "「孳息(截至申請日)」沒有資料，本欄留白，請補填。"),
        ("orig_total", "「合計」因「孳息」沒有資料而不能計算，先留白。")]
