"""A clerk who decides without a mouse: a clean case, many at once and all of it taken back, what a save does to the page in hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from house import FORM, HEADCOUNT, PEOPLE, House
from playwright.sync_api import Browser, expect, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM, DESK, Person
from test_web_desks import send

from domain.decision import Decision
from domain.field import REVIEW
from intake import clock
from intake.people import accounts
from intake.store import repository

pytestmark = pytest.mark.browser
SLOW = 60_000


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


def opened(house: House) -> str:
    """A case that was sent in, with nothing against it."""
    with house.database.session() as session:
        shop = accounts.person(session, PEOPLE["shop"][0])
        assert shop is not None
        case = repository.create_case(session, "green-giant", shop)
        repository.agree(session, case.id, shop, "F11")
        repository.submit(session, case.id, case.version)
        repository.save_decision(session, case.id, f"{case.number}-made", Decision("green-giant", clock.today(), "pass", ()),
                                 repository.facts(session, case.id), [])
    return case.number


def state(house: House, number: str) -> str:
    with house.database.reading() as session:
        return repository.case(session, number).state


def test_a_clean_case_takes_three_keys_and_each_further_one_three(chromium: Browser, house: House) -> None:
    numbers = sorted(opened(house) for _ in range(2))
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go("/desk?sort=-age")
    key.press("Enter")
    for n, number in enumerate(reversed(numbers)):
        page.wait_for_url(lambda url, number=number: url.endswith(number))  # type: ignore[misc]
        key.press("p")
        expect(page.locator("#pass")).to_be_focused()
        key.press("Enter")
        expect(page.locator("main")).to_contain_text("已改為「通過」", timeout=SLOW)
        assert state(house, number) == "passed"
        if not n:
            key.press("n")
    me.well()


def test_many_that_were_passed_are_taken_back_by_one_key(chromium: Browser, house: House) -> None:
    numbers = {opened(house), opened(house)}
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go("/desk?sort=-age")
    for _ in numbers:
        key.press("x")
        key.press("j")
    page.get_by_role("button", name="通過…", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 件會改為「通過」")
    key.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("完成 2 件，未變動 0 件", timeout=SLOW)
    assert {state(house, n) for n in numbers} == {"passed"}
    me.well()
    key.press("Escape")
    expect(page.locator("main")).to_contain_text("已復原，這件回到「已送件」", timeout=SLOW)
    assert {state(house, n) for n in numbers} == {"submitted"}
    expect(page.get_by_role("button", name="全部復原")).to_have_count(0)
    me.well()


def test_a_doubt_that_moves_into_the_list_stays_where_the_hand_is(chromium: Browser, house: House) -> None:
    # the roster is another firm's: all that it says waits for somebody; of this all but one is confirmed
    number, last = send(house, FORM, HEADCOUNT), "ins.printed_on"
    with house.database.session() as session:
        case = repository.case(session, number)
        clerk = accounts.person(session, PEOPLE["clerk"][0])
        assert clerk is not None
        facts, version = repository.facts(session, case.id), case.version
        for fact in facts.facts.values():
            if fact.status == REVIEW and fact.field != last:
                version = repository.add_entry(session, case.id, clerk, fact.field, fact.value, version)
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{number}")
    expect(page.locator("#fields form[data-doubt]")).to_have_count(1)
    field = page.locator(f"#v-{last.replace('.', '-')}")
    expect(field).to_be_focused()
    before = field.bounding_box()
    key.press("Enter")
    expect(page.locator("#fields form[data-doubt]")).to_have_count(0, timeout=SLOW)
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 5
    me.well()


def test_an_alarm_raised_far_down_the_page_is_seen_where_the_hand_is(chromium: Browser, house: House) -> None:
    number = house.read_case(programme="tops-supplier")
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    house.settle(number)
    me = Person(chromium, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    me.go(f"/desk/cases/{number}")
    page.locator("#why").fill("不在臺北市")
    page.get_by_role("button", name="不通過", exact=True).click()
    expect(page.locator("main")).to_contain_text("已改為「不通過」", timeout=SLOW)
    page.locator("#fields > details").first.evaluate("d => d.open = true")
    field = page.locator("#v-org-registered_address")
    field.evaluate("e => e.scrollIntoView({ block: 'start' })")
    field.fill("臺北市信義區松仁路1號")
    key.press("Enter")
    alarm = page.locator("#news .note.bad")
    expect(alarm).to_contain_text("決定「不通過」以後，有 1 個值改過", timeout=SLOW)
    expect(alarm).to_be_in_viewport()
    assert page.evaluate("scrollY") > 200, "far down, where a notice at the page's top is out of sight"
    me.well()
