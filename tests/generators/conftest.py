"""Facts as a person would have entered them, for the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from domain.case import CaseFacts
from domain.field import Entry, Fact

WHEN = datetime(2019, 2, 20, 9, 30)

GREEN_GIANT: dict[str, Any] = {
    "advisor.name": "財團法人塑膠工業技術發展中心", "app.mode": "energy",
    "app.sign_date": "2019-02-20", "app.submitted_date": "2019-02-21",
    "org.name": "虹杉精密塑膠股份有限公司", "org.responsible_person": "王堃喆", "org.uniform_no": "04595257",
    "org.founding_date": "1997-01-09", "org.registered_address": "臺中市大里區仁化路一段128巷5弄12號3樓之1",
    "org.factory_address": "彰化縣鹿港鎮鹿工路8號", "contact.name": "林峯𠮷", "contact.title": "廠務經理",
    "contact.phone": "04-2406-1234#215", "contact.email": "factory@example.com.tw",
    "org.fax": "04-2406-1235", "org.industry_code25": "14",
    "org.business_items": ["C805050 工業用塑膠製品製造業", "F107200 化學原料批發業"],
    "hc.regular_employees": 85, "fin.paid_in_capital": 18806430, "fin.prior_year_revenue": 256000000,
    "app.energy_service_items": ["溫室氣體排放量盤查與查證", "能源管理監控系統"],
}


def entered(facts: Mapping[str, Any]) -> CaseFacts:
    return CaseFacts({k: Fact(k, v, (Entry(k, v, "clerk", WHEN),)) for k, v in facts.items()})


@pytest.fixture
def when() -> datetime:
    return WHEN


@pytest.fixture
def green_giant() -> dict[str, Any]:
    return dict(GREEN_GIANT)


@pytest.fixture
def case() -> Callable[[Mapping[str, Any]], CaseFacts]:
    return entered
