"""From a filled form to the ink: a click on a printed value shows its crop, its raw text, and who confirmed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from house import House, wait
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM, DESK, PHONE, Person

from generators import printing, template
from intake import clock
from intake.store.views import FormView
from intake.web import counted

pytestmark = pytest.mark.office
FORMS = template.load()


@pytest.fixture(scope="module")
def number(house: House) -> str:
    """A case of the shop with its forms filled: one value read, one entered."""
    number = house.read_case()
    api = house.api("shop")
    version = api.get(f"/cases/{number}").json()["version"]
    entered = api.post(f"/cases/{number}/entries", json={"values": {"advisor.name": "財團法人示範中心"}, "version": version, "why": "所填"})
    assert entered.status_code == 201, entered.text
    house.settle(number)
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/forms")
    wait(lambda: api.get(f"/cases/{number}").json()["progress"]["forms"] > 0)
    return number


def test_each_printed_value_has_a_place_and_its_origin(house: House, number: str) -> None:
    shop = house.signed_in("shop")
    (form,) = [f for f in house.api("shop").get(f"/cases/{number}/forms").json() if f["form"] == "F10"]
    printed = {slot for slot, s in form["trace"]["slots"].items() if s["printed"]}
    assert printed <= set(form["trace"]["places"])
    for page, left, top, right, bottom in form["trace"]["places"]["company_name"]:
        assert page == 1
        assert 0 < left < right < 1
        assert 0 < top < bottom < 1
    assert shop.get(f"/cases/{number}/trace").url.path.startswith(f"/cases/{number}/forms/F")
    page = shop.get(f"/cases/{number}/forms/F10?slot=company_name").text
    assert 'aria-current="true"' in page
    assert re.search(r'class="ink[^>]*aria-label="文件上的字：', page)
    assert "由文件讀出" in page
    page = shop.get(f"/cases/{number}/forms/F10?slot=no-such-slot").text
    assert "還沒有選值" in page
    assert shop.get(f"/cases/{number}/forms/F99").status_code == 404


def test_only_who_may_see_the_case_sees_its_values(house: House, number: str) -> None:
    assert house.signed_in("rival").get(f"/cases/{number}/forms/F10").status_code == 404
    assert house.visitor().get(f"/cases/{number}/trace").url.path == "/login"
    auditor = house.signed_in("auditor")
    assert "/audit/value?case=" in auditor.get(f"/cases/{number}/forms/F10?slot=company_name").text
    assert "form/" in auditor.get("/audit").text


@pytest.mark.browser
def test_a_value_is_reached_by_mouse_and_by_keyboard(house: House, number: str) -> None:
    with _person(house) as me:
        page = me.page
        me.go(f"/cases/{number}/forms/F10")
        name = page.locator("svg.hot a[href*='slot=company_name']")
        name.click()
        expect(page.locator("#value .value")).to_contain_text("股份有限公司")
        expect(page.locator("#value svg.ink:visible")).to_have_count(1)
        assert "slot=company_name" in page.url
        me.well()
        person = page.locator("svg.hot a[href*='slot=responsible_person']")
        person.focus()
        expect(person).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("slot=responsible_person"))
        expect(page.locator("#value h2")).to_contain_text("負責人")
        me.well()


@pytest.mark.browser
def test_a_form_comes_closer_on_a_phone_and_the_chosen_value_stays_in_sight(house: House, number: str) -> None:
    with _person(house, PHONE) as me:
        page, pane = me.page, me.page.locator(".traced-pages")
        me.go(f"/cases/{number}/forms/F10?slot=company_name")
        closer, farther = page.get_by_role("button", name="放大"), page.get_by_role("button", name="縮小")
        expect(farther).to_be_disabled()
        assert pane.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
        for _ in range(3):
            closer.tap()
        expect(closer).to_be_disabled()
        assert pane.evaluate("e => e.scrollWidth / e.clientWidth") == pytest.approx(3, abs=0.2)
        chosen, window = page.locator("svg.hot a[aria-current=true]").first.bounding_box(), pane.bounding_box()
        assert chosen is not None
        assert window is not None
        assert window["x"] <= chosen["x"] + chosen["width"] / 2 <= window["x"] + window["width"]
        me.well()
        page.reload()
        expect(pane).to_have_attribute("data-zoom", "3")
        farther.tap()
        expect(pane).to_have_attribute("data-zoom", "2")


@contextmanager
def _person(house: House, size: dict[str, object] = DESK) -> Iterator[Person]:
    """The shop at a screen of that size, in a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield Person(browser, house, "shop", dict(size))
        browser.close()


@given(st.integers(0, 10**12))
def test_a_figure_in_ten_thousands_says_its_unit_and_its_sum(amount: int) -> None:
    found = FORMS["F12"]
    said = printing.printed(found.slot("paid_in_capital"), found.how["paid_in_capital"], amount).text
    slots = {"paid_in_capital": {"printed": said, "field": "fin.paid_in_capital", "value": amount},
             "employees": {"printed": "86", "field": "hc.regular_employees", "value": 86},
             "prior_revenue": {"printed": "", "field": "fin.prior_year_revenue", "value": None}}
    form = FormView(1, 1, "F12", found.edition, found.title, "", None, None, {"slots": slots}, clock.now())
    assert counted.unit(form, "paid_in_capital", FORMS) == "萬元"
    assert counted.sum_said(form, "paid_in_capital", FORMS) == f"{amount:,} 元 ÷ 10,000＝{said} 萬元"
    assert Decimal(said.replace(",", "")) * 10_000 == amount
    assert (counted.unit(form, "employees", FORMS), counted.sum_said(form, "employees", FORMS)) == ("人", "")
    assert counted.unit(form, "prior_revenue", FORMS) == "", "nothing was printed"
    assert counted.unit(replace(form, edition="999"), "employees", FORMS) == "", "another edition may count otherwise"
