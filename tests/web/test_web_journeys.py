"""What goes wrong on a phone in a hand loses nothing: the log-in ends, the line is lost, one steps back; both languages are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from house import FORM, HEADCOUNT, PASSWORD, PEOPLE, House, sample
from playwright.sync_api import Browser, expect, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM, DESK, LONG, PHONE, Person

pytestmark = pytest.mark.browser

HAN_OF_OURS = """() => [...document.querySelectorAll('h1, h2, nav a, button, summary, .steps a')].filter(e => e.offsetParent
  && !e.closest('[lang^=zh]') && !e.querySelector('[lang^=zh]')).map(e => e.textContent).filter(t => /[\\u4e00-\\u9fff]/.test(t))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def number(house: House) -> str:
    return house.read_case(programme="tops-supplier")


def unfold(me: Person) -> None:
    """Open what is folded: the questions that may stay empty, and those that were answered."""
    me.page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")


def again(me: Person) -> None:
    me.page.fill("#login", PEOPLE["shop"][0])
    me.page.fill("#password", PASSWORD)
    me.page.press("#password", "Enter")


def test_a_log_in_that_ends_while_typing_loses_nothing(browser: Browser, house: House, number: str) -> None:
    me = Person(browser, house, "shop", PHONE)
    page, asked = me.page, f"/cases/{number}/questions"
    me.go(asked)
    unfold(me)
    page.fill("input[name='agent.name']", "陳示範")
    page.check("input[name='org.can_issue_receipt'][value=no]")
    page.context.clear_cookies(name="shouwen")
    page.get_by_role("button", name="存好，看結果").click()
    expect(page.get_by_role("heading", name="登入的時間到了")).to_be_visible()
    page.get_by_role("link", name="登入，接著做").click()
    again(me)
    page.wait_for_url(lambda url: url.endswith(asked))
    expect(page.get_by_text("您先前填到一半的還在")).to_be_visible()
    expect(page.locator("input[name='agent.name']")).to_be_visible()
    expect(page.locator("input[name='agent.name']")).to_have_value("陳示範")
    expect(page.locator("input[name='org.can_issue_receipt'][value=no]")).to_be_checked()
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: url.endswith("/result"))
    assert house.api("shop").get(f"/cases/{number}/facts").json()["agent.name"] == "陳示範"
    # the page of the result loads itself anew when the work is done: a question asked at that moment would be lost
    expect(page.locator("[data-reload]")).to_have_count(0, timeout=LONG)
    assert page.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('kept:'))") == []


def test_a_line_lost_while_saving_and_a_step_back_lose_nothing(browser: Browser, house: House, number: str) -> None:
    me = Person(browser, house, "shop", PHONE)
    page, asked, name = me.page, f"/cases/{number}/questions", "input[name='agent.name']"
    me.go(asked)
    unfold(me)
    page.fill(name, "陳示範")
    page.context.set_offline(True)
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: not url.endswith(asked))
    page.context.set_offline(False)
    me.go(asked)
    expect(page.locator(name)).to_have_value("陳示範")
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: url.endswith("/result"))
    expect(page.locator("[data-reload]")).to_have_count(0, timeout=LONG)
    page.go_back()
    expect(page.locator(name)).to_have_value("陳示範")
    unfold(me)
    page.fill(name, "林示範")
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: url.endswith("/result"))
    me.go(asked)
    expect(page.locator(name)).to_have_value("林示範")


def test_a_form_of_another_log_in_is_told_and_leads_back(browser: Browser, house: House, number: str) -> None:
    me = Person(browser, house, "shop", PHONE)
    page, asked, name = me.page, f"/cases/{number}/questions", "input[name='agent.name']"
    me.go(asked)
    unfold(me)
    page.fill(name, "陳示範")
    other = page.context.new_page()
    other.goto(f"{house.url}/login")
    other.fill("#login", PEOPLE["shop"][0])
    other.fill("#password", PASSWORD)
    other.press("#password", "Enter")
    other.wait_for_url(lambda url: url.endswith("/cases"))
    page.get_by_role("button", name="存好，看結果").click()
    page.get_by_role("link", name="回到剛才那一頁").click()
    expect(page.locator(name)).to_have_value("陳示範")
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: url.endswith("/result"))


def test_a_paper_is_taken_out_only_when_that_is_meant(browser: Browser, house: House) -> None:
    number = house.read_case(papers=(FORM, HEADCOUNT))
    me = Person(browser, house, "shop", PHONE)
    me.go(f"/cases/{number}/papers")
    cards = me.page.locator("#papers .paper")
    expect(cards).to_have_count(2)
    me.page.once("dialog", lambda d: d.dismiss())
    cards.first.get_by_role("button", name=re.compile("拿掉")).click()
    expect(cards).to_have_count(2)
    me.page.once("dialog", lambda d: d.accept())
    cards.first.get_by_role("button", name=re.compile("拿掉")).click()
    expect(cards).to_have_count(1)
    me.well()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_in_english_nothing_of_ours_is_left_in_chinese(browser: Browser, house: House, read_case: str, size: dict[str, object]) -> None:
    me = Person(browser, house, "shop", size)
    me.go("/cases?lang=en")
    steps = (f"/cases/{read_case}/{s}" for s in ("papers", "check", "questions", "result"))
    for path in ("/cases", "/cases/new", "/cases/programmes", "/rights", *steps):
        me.go(path)
        assert me.page.evaluate("document.documentElement.lang") == "en"
        assert me.page.evaluate(HAN_OF_OURS) == [], path
        me.well()


def test_the_other_language_keeps_what_an_auditor_asked(browser: Browser, house: House, read_case: str) -> None:
    me = Person(browser, house, "auditor", DESK)
    me.go(f"/audit/value?case={read_case}&field=org.name")
    shown = me.page.locator(".value").inner_text()
    me.page.get_by_role("link", name="English").click()
    expect(me.page.get_by_role("heading", name="Trace a value")).to_be_visible()
    assert me.page.locator(".value").inner_text() == shown
    me.well()


def test_a_letter_of_another_firm_goes_as_a_whole_from_where_it_is_asked_about(browser: Browser, house: House) -> None:
    number = house.read_case(papers=(FORM, "letter-company-q0"))
    me = Person(browser, house, "shop", PHONE)
    me.go(f"/cases/{number}/check")
    expect(me.page.locator("#doubt-h")).to_have_text("這份是別家公司的嗎？")
    letter = me.page.get_by_role("button", name=re.compile(f"這份放錯了.*{re.escape(sample('letter-company-q0').name)}"))
    if not letter.is_visible():
        me.page.get_by_role("link", name="是我們的").click()
    letter.click()
    me.page.wait_for_url(lambda url: url.endswith("/check"))
    me.go(f"/cases/{number}/papers")
    expect(me.page.locator("#papers .paper")).to_have_count(1)


def test_what_was_sent_does_not_stand_in_its_box_again(browser: Browser, house: House) -> None:
    me = Person(browser, house, "shop", PHONE)
    me.go("/rights")
    me.page.get_by_text("已送件的，請我們更正").click()
    me.page.fill("textarea[name='text']", "聯絡電話")
    me.page.get_by_role("button", name="送出請求").click()
    expect(me.page.get_by_text("等候答覆").first).to_be_visible()
    me.page.get_by_text("已送件的，請我們更正").click()
    expect(me.page.locator("textarea[name='text']")).to_have_value("")
    expect(me.page.locator(".kept")).to_have_count(0)
    number, shop, clerk = house.read_case(), house.signed_in("shop"), Person(browser, house, "clerk", DESK)
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    clerk.go(f"/desk/cases/{number}")
    clerk.page.fill("#note", "電話問過了")
    clerk.page.get_by_role("button", name="記下").click()
    expect(clerk.page.locator("#notes")).to_contain_text("電話問過了")
    expect(clerk.page.locator("#note")).to_have_value("")


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_typed(browser: Browser, house: House, number: str) -> None:
    me = Person(browser, house, "shop", PHONE)
    page, asked, name = me.page, f"/cases/{number}/questions", "input[name='agent.name']"
    me.go(asked)
    house.settle(number)
    first = house.signed_in("shop")
    first.get(asked)
    first.post(asked, {"agent.name": "陳示範", "version": first.version})
    unfold(me)
    page.fill(name, "林示範")
    page.get_by_role("button", name="存好，看結果").click()
    expect(page.get_by_text("這一頁打開以後，資料又存過")).to_contain_text("代理人姓名")
    page.get_by_role("link", name="回到剛才那一頁").click()
    expect(page.locator(name)).to_have_value("陳示範")
    unfold(me)
    page.get_by_text("您剛才填的是：林示範").get_by_role("button", name="用這個").click()
    expect(page.locator(name)).to_have_value("林示範")
    page.get_by_role("button", name="存好，看結果").click()
    page.wait_for_url(lambda url: url.endswith("/result"))
    assert house.api("shop").get(f"/cases/{number}/facts").json()["agent.name"] == "林示範"


def test_questions_are_answered_a_part_at_a_time_and_what_is_answered_is_folded(browser: Browser, house: House, number: str) -> None:
    me = Person(browser, house, "shop", PHONE)
    page, asked = me.page, f"/cases/{number}/questions"
    me.go(asked)
    first = page.locator("fieldset .card").first
    box = first.locator("input[type=text]:visible").first
    name = box.get_attribute("name")
    before = int(re.findall(r"還有 (\d+) 題", page.locator("main").inner_text())[0])
    box.fill("1")
    first.get_by_role("button", name="先存起來").tap()
    expect(page.locator("main p strong").first).to_have_text(f"還有 {before - 1} 題")
    me.well()
    expect(page).to_have_url(re.compile("/questions$"))
    assert page.locator(".kept").count() == 0
    saved = page.locator(f"input[name='{name}']")
    expect(saved).to_be_hidden()
    page.get_by_text("已填 ").first.tap()
    expect(saved).to_be_visible()
