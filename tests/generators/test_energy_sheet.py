"""F13: amounts, pairs of boxes with a figure, three lines that become more, and answers that do not go together."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from docx import Document

from domain.case import CaseFacts
from generators import docx, template
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
F13 = template.load()["F13"]

SHEET: dict[str, Any] = {
    "org.name": "虹杉精密塑膠股份有限公司", "energy.fuel_oil_kl": 120, "energy.ghg_tco2e": 812.5, "energy.other": "生質燃料, 35 公噸",
    "energy.contract_kw": {"has": True, "kw": 499}, "energy.offpeak_kw": {"has": False}, "energy.tou": "二段式",
    "energy.auto_power_factor": True, "energy.demand_mgmt": False, "energy.pressure_kind": ["同業競爭壓力", "有"],
    "energy.customer_name": "虹光電子", "energy.customer_request": "碳足跡", "energy.prior_guidance_kind": True,
    "prior.guidance_records": [{"year": "105", "unit": "甲中心", "item": "盤查"}], "energy.systems": ["ISO9001", "其他"],
    "energy.system_other": "IATF 16949", "energy.has_potential": True, "energy.improvement_plans": ["變頻"],
    "energy.has_green_award": False, "energy.demo_willing": True,
}


def words(facts: CaseFacts, when: datetime) -> str:
    return docx.text(Document(io.BytesIO(fill(F13, facts, when).docx)))


def test_the_sheet(case: Case, when: datetime) -> None:
    text = words(case(SHEET), when)
    for printed in ("燃料油，平均120公秉/年；", "天然氣，平均__________立方公尺/年", "其他：生質燃料，平均35 公噸/年",
                    "溫室氣體排放量：812.5公噸 CO₂e/年",
                    "■有(499kW)", "□有(________kW)", "■二段式時間電價", "□無；　■同業競爭壓力", "■有，客戶名稱：虹光電子；要求項目：碳足跡",
                    "■有，年度：105；輔導單位：甲中心；輔導項目：盤查", "■ISO9001", "□ISO14001", "■其他(請說明)IATF 16949", "■有；□無",
                    "1. 變頻",
                    "□有；■無", "■願意；□不願意"):
        assert printed in text
    assert text.count("年度：") == 3
    assert fill(F13, case(SHEET), when).problems == ()


def test_a_fourth_line_goes_on_and_is_mentioned(case: Case, when: datetime) -> None:
    facts = case(SHEET | {"energy.improvement_plans": list("甲乙丙丁")})
    assert "4. 丁" in words(facts, when)
    assert [p.slot for p in fill(F13, facts, when).problems] == ["improvement_plans"]


@pytest.mark.parametrize(("facts", "slot"), [
    ({"energy.contract_kw": {"has": True}}, "contract_capacity"),
    ({"energy.offpeak_kw": {"has": True, "kw": 0}}, "offpeak_capacity"),
    ({"energy.offpeak_kw": {"kw": 10}}, "offpeak_capacity"),
    ({"energy.pressure_kind": ["無", "有"]}, "supply_chain_pressure"),
    ({"energy.customer_name": None}, "customer_name"),
    ({"energy.customer_request": None}, "customer_request"),
    ({"prior.guidance_records": None}, "prior_guidance_rows"),
    ({"energy.prior_guidance_kind": False}, "prior_guidance_rows"),
    ({"energy.systems": ["無", "TQM"]}, "systems"),
    ({"energy.system_other": None}, "system_other"),
    ({"energy.improvement_plans": None}, "improvement_plans"),
    ({"energy.has_potential": False}, "improvement_plans"),
    ({"energy.has_green_award": True}, "green_awards"),
    ({"energy.green_awards": ["節能標竿獎"]}, "green_awards"),
])
def test_answers_that_do_not_go_together_are_said(facts: dict[str, Any], slot: str, case: Case, when: datetime) -> None:
    assert [p.slot for p in fill(F13, case(SHEET | facts), when).problems] == [slot]
