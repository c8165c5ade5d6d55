"""An applicant's correction against sure ink: shown to both, asked of nobody twice, decided by the clerk."""

from __future__ import annotations

import re

from house import House

FIELD = "fin.paid_in_capital"


def side(page: str, number: int) -> str:
    found = re.search(rf'name="side" value="{number}"><input type="hidden" name="seen" value="([^"]+)', page)
    assert found, "the page offers no such side"
    return found[1]


def claimed(house: House) -> tuple[str, int]:
    """A case whose applicant says that their capital is another than their paper says, and what the paper says."""
    number = house.read_case()
    read: int = house.api("shop").get(f"/cases/{number}/facts").json()[FIELD]
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/check")
    shop.post(f"/cases/{number}/check", {"field": FIELD, "act": "change", "value": "300萬", "version": shop.version})
    house.settle(number)
    return number, read


def test_a_correction_against_sure_ink_waits_for_the_clerk_who_sees_both(house: House) -> None:
    number, read = claimed(house)
    shop, clerk = house.signed_in("shop"), house.signed_in("clerk")
    page = shop.get(f"/cases/{number}/check").text
    assert "您更正的和文件不同，由承辦人員決定（1）" in page
    assert 'id="doubt-h"' not in page, "nobody is asked again what they have just said"
    assert "您更正的 1 處和文件不同" in shop.get(f"/cases/{number}/result").text
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    desk = clerk.get(f"/desk/cases/{number}").text
    assert "申請人更正為" in desk
    letter = desk.partition('<textarea id="letter"')[2].partition("</textarea>")[0]
    assert "請補下列資料" in letter
    assert "實收資本額" not in letter, "they have said it already"
    assert "申請人更正的和文件不同，要由承辦人員看過" in desk
    assert FIELD not in house.api("clerk").get(f"/cases/{number}/facts").json()
    clerk.post(f"/desk/cases/{number}/facts", {"field": FIELD, "act": "side", "side": "1", "seen": side(desk, 1), "version": clerk.version})
    facts = house.api("clerk").get(f"/cases/{number}/facts").json()
    assert facts[FIELD] == read
    assert facts["origins"][FIELD][0]["why"] == "看過文件，照文件上的"
    # a second clerk whose page is older is told what the value is now
    two = house.signed_in("clerk-two")
    two.get(f"/desk/cases/{number}")
    body = {"field": FIELD, "act": "side", "side": "0", "seen": side(desk, 0), "version": two.version}
    late = two.post(f"/desk/cases/{number}/facts", body)
    assert late.status_code == 409
    assert "「實收資本額」現在是 " in late.text


def test_a_correction_is_taken_back_by_whoever_made_it(house: House) -> None:
    number, read = claimed(house)
    shop = house.signed_in("shop")
    page = shop.get(f"/cases/{number}/check").text
    shop.post(f"/cases/{number}/check", {"field": FIELD, "act": "side", "side": "1", "seen": side(page, 1), "version": shop.version})
    assert house.api("shop").get(f"/cases/{number}/facts").json()[FIELD] == read
    assert "由承辦人員決定" not in shop.get(f"/cases/{number}/check").text
