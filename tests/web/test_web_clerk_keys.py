"""A clerk at the keyboard and with a box on the page; two clerks on one case; an auditor who keys values again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from house import FORM, HEADCOUNT, House
from playwright.sync_api import Browser, expect, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM, DESK, PHONE, Person
from test_web_desks import send, value

pytestmark = pytest.mark.browser
SLOW = 60_000
TOP = "document.getElementById('v-org-responsible_person').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


def test_a_value_is_mended_by_drawing_a_box_and_taken_back_by_escape(chromium: Browser, house: House) -> None:
    number = send(house)
    before = value(house, number, "org.responsible_person")
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{number}")
    page.evaluate("document.querySelector('#fields details').open = true")
    field = page.locator("#v-org-responsible_person")
    field.focus()
    field.fill("看錯了")
    ink = page.locator("rect.ink-box").bounding_box()
    assert ink is not None
    page.mouse.move(ink["x"] - 2, ink["y"] - 2)
    page.mouse.down()
    page.mouse.move(ink["x"] + 30, ink["y"] + 8)
    page.mouse.move(ink["x"] + ink["width"] + 2, ink["y"] + ink["height"] + 2)
    page.mouse.up()
    expect(page.locator("rect.drawn")).to_have_count(1)
    key.press("r")
    expect(page.locator(".proposal")).to_contain_text(str(before), timeout=SLOW)
    expect(field).to_have_value(str(before))
    expect(field).to_be_focused()
    field.fill("王示範")
    key.press("Enter")
    expect(page.locator(".undo")).to_contain_text("負責人", timeout=SLOW)
    assert value(house, number, "org.responsible_person") == "王示範"
    key.press("Escape")
    key.press("Escape")
    expect(page.locator(".undo")).to_have_count(0, timeout=SLOW)
    assert value(house, number, "org.responsible_person") == before
    me.well()


def test_a_case_is_mended_and_decided_on_one_page_and_only_a_fresh_escape_takes_back(chromium: Browser, house: House) -> None:
    number = send(house)
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{number}")
    page.evaluate("document.querySelector('#fields details').open = true")
    page.locator("#v-org-responsible_person").fill("王示範")
    key.press("Enter")
    expect(page.locator(".undo")).to_contain_text("負責人", timeout=SLOW)
    me.go(f"/desk/cases/{number}")
    page.evaluate("document.activeElement.blur()")
    key.press("Escape")
    expect(page.locator("#undo")).to_be_focused()
    assert value(house, number, "org.responsible_person") == "王示範"
    page.evaluate("document.querySelector('#fields details').open = true")
    page.locator("#v-org-responsible_person").fill("李示範")
    top = page.evaluate(TOP)
    key.press("Enter")
    expect(page.locator("#v-org-responsible_person")).to_have_attribute("data-was", "李示範", timeout=SLOW)
    expect(page.locator("#v-org-responsible_person")).not_to_be_focused()
    assert abs(page.evaluate(TOP) - top) < 5, "what was saved stays where it is on the screen"
    # what was saved here does not make this page an old one
    page.locator("#why").fill("不在計畫範圍")
    page.get_by_role("button", name="不通過", exact=True).click()
    expect(page.locator("main")).to_contain_text("已改為「不通過」", timeout=SLOW)
    key.press("Escape")
    expect(page.locator("main")).to_contain_text("回到「已送件」", timeout=SLOW)
    assert value(house, number, "org.responsible_person") == "李示範"
    me.well()


def test_the_page_turns_and_the_box_is_moved_by_keys(chromium: Browser, house: House, read_case: str) -> None:
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{send(house)}")
    page.evaluate("document.querySelector('#fields details').open = true")
    page.locator("#v-org-name").focus()
    key.press("Escape")
    for turned in ("rotate(90)", "rotate(180)", "rotate(270)"):
        key.press("t")
        assert turned in str(page.locator(".page-view:not([hidden]) g").get_attribute("transform"))
    key.press("+")
    assert page.locator(".viewer").get_attribute("data-zoom") == "3"
    key.press("r")
    box = page.locator("rect.drawn")
    before, on_screen = float(box.get_attribute("x") or 0), box.bounding_box()
    key.press("ArrowDown")
    assert before != float(box.get_attribute("x") or 0), "turned by 270 degrees, down on the screen is sideways on the page"
    key.press("Shift+ArrowRight")
    assert on_screen is not None
    wider = box.bounding_box()
    assert wider is not None
    assert wider["width"] > on_screen["width"]
    key.press("Escape")
    expect(box).to_have_count(0)
    me.well()


def test_two_clerks_on_one_case_see_each_other_and_neither_overwrites(chromium: Browser, house: House) -> None:
    number = send(house)
    one, two = Person(chromium, house, "clerk", DESK), Person(chromium, house, "clerk-two", DESK)
    one.go(f"/desk/cases/{number}")
    expect(one.page.locator("#here")).to_have_text("")
    two.go(f"/desk/cases/{number}")
    expect(two.page.locator("#here")).to_contain_text("承辦甲", timeout=SLOW)
    expect(one.page.locator("#here")).to_contain_text("承辦乙", timeout=SLOW)
    for who in (one, two):
        who.page.evaluate("document.querySelector('#fields details').open = true")
    two.page.locator("#v-org-name").fill("別的股份有限公司")
    two.page.locator("#v-org-name").press("Enter")
    expect(two.page.locator(".undo")).to_be_visible(timeout=SLOW)
    one.page.locator("#v-org-responsible_person").fill("王示範")
    one.page.locator("#v-org-responsible_person").press("Enter")
    expect(one.page.locator("#told")).to_contain_text("承辦乙", timeout=SLOW)
    assert value(house, number, "org.name") == "別的股份有限公司"
    assert value(house, number, "org.responsible_person") != "王示範"
    assert one.page.locator("#v-org-responsible_person").input_value() == "王示範"
    two.go("/desk")
    expect(one.page.locator("#here")).to_have_text("", timeout=SLOW)


def test_escape_leaves_the_letter_as_it_is_and_the_keys_work_again(chromium: Browser, house: House) -> None:
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{send(house)}")
    page.locator("#fields").press("Escape")
    key.press("s")
    expect(page.locator("#letter")).to_be_focused()
    key.press("End")
    key.type("另請簽章")
    key.press("Escape")
    key.press("p")
    expect(page.locator("#why")).to_be_focused()
    assert "另請簽章" in page.locator("#letter").input_value()
    assert page.locator("#why").input_value() == ""
    me.well()


def test_many_cases_are_chosen_by_keys(chromium: Browser, house: House) -> None:
    numbers = {send(house), send(house, HEADCOUNT)}
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go("/desk?sort=-age")
    for k in "xjx":
        key.press(k)
    expect(page.locator("#chosen-n")).to_have_text("2")
    me.well()
    key.press("a")
    expect(page.get_by_role("button", name="我來辦")).to_be_focused()
    key.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    for k in "xkx":
        key.press(k)
    key.press("a")
    key.press("Tab")
    key.press("Enter")
    expect(page.locator("textarea")).to_have_count(2)
    assert all(page.locator(f"#w-{n}").input_value().startswith("請補下列資料") for n in numbers)
    me.well()
    page.get_by_role("button", name="寄出通知").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("完成 2 件，未變動 0 件", timeout=SLOW)
    expect(page.get_by_role("button", name="全部復原")).to_be_visible()
    page.get_by_role("link", name="回收件匣").click()
    page.wait_for_url(lambda url: url.endswith("/desk?sort=-age"))
    me.well()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_auditor_keys_values_again_and_reads_the_figures(chromium: Browser, house: House, size: dict[str, object]) -> None:
    send(house, FORM)
    me = Person(chromium, house, "auditor", size)
    page, key = me.page, me.page.keyboard
    me.go("/audit/rekey")
    page.fill("#size", "3")
    page.get_by_role("button", name="抽樣").click()
    for n in range(3):
        expect(page.locator("progress")).to_have_attribute("value", str(n), timeout=SLOW)
        me.well()
        page.get_by_role("button", name="看不清楚").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("抽驗第", timeout=SLOW)
    me.go("/audit/figures")
    expect(page.locator("svg.plot")).to_have_count(6)
    me.well()
    page.locator("#acceptance summary").click()
    page.locator("#acceptance svg.plot a").last.focus()
    key.press("Enter")
    page.wait_for_url(lambda url: "/behind" in url)
    assert page.locator("tbody tr").count() > 0
    me.well()
