"""Every page of every role, on a phone and at a desk: axe finds nothing, it fits the screen, weighs little and stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from house import FORM, LETTER, House
from playwright.sync_api import Browser, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM

from benchmarks import pages
from intake import clock
from intake.store import repository
from intake.web import values

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

HEAVIEST = 150_000
WALKS = (("", "phone"), ("shop", "phone"), ("shop", "desk"), ("clerk", "desk"), ("auditor", "desk"), ("manager", "desk"))
"""Who at which screen; ``python -m benchmarks.pages`` walks everybody at both."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def known(house: House) -> dict[str, list[str]]:
    """What the names in the paths stand for: a case in hand, one that was sent in, and what belongs to them."""
    draft, sent = house.read_case(papers=(FORM, LETTER)), house.read_case(papers=(FORM,))
    shop = house.signed_in("shop")
    shop.get(f"/cases/{sent}/forms")
    shop.post(f"/cases/{sent}/submit", {"version": shop.version})
    house.settle(sent)
    with house.database.reading() as session:
        paper = repository.papers(session, repository.case(session, sent).id)[0].id
    shop.get("/hooks")
    assert shop.post("/hooks", {"url": "https://example.com/in", "events": ["case.state"]}).status_code == 200
    clerk = house.signed_in("clerk")
    clerk.get("/desk/requests/new")
    asked = clerk.post("/desk/requests/new", {"received": values.day(clock.today()), "asker": "陳示範", "asks_as": "self", "kind": "delete",
                                              "case": sent, "contact": "臺北市示範路 1 號", "text": "請刪除", "identity": "當面核對"})
    request = asked.url.path.rpartition("/")[2]
    manager = house.signed_in("manager")
    manager.get(f"/manage/rights/{request}")
    assert manager.post(f"/manage/rights/{request}", {"act": "extend", "text": "要向保存機關調卷"}).status_code == 200
    auditor = house.signed_in("auditor")
    auditor.get("/audit/rekey")
    drawn = re.search(r"/audit/rekey/(\d+)/(\d+)$", str(auditor.post("/audit/rekey", {"size": "2", "seed": "3"}).url))
    assert drawn
    return {"number": [draft, sent], "paper_id": [str(paper)], "form_id": ["F10"], "hook_id": ["1"],
            "request_id": [request], "letter_id": ["case-state"], "round_id": [drawn[1]], "place": [drawn[2]],
            "more": [f"/audit/value?case={sent}&field=org.name", f"/desk?q={sent}"]}


def cookies(house: House, who: str) -> list[dict[str, str]]:
    if not who:
        return []
    jar = house.signed_in(who).client.cookies.jar
    return [{"name": c.name, "value": c.value or "", "url": house.url} for c in jar]


@pytest.mark.parametrize(("role", "size"), WALKS)
def test_every_page_is_fit_for_everyone(browser: Browser, house: House, known: dict[str, list[str]], role: str, size: str) -> None:
    seen = list(pages.walk(browser, house.url, role, cookies(house, role), known, size))
    assert len(seen) >= 2
    assert {s.path: s.violations for s in seen if s.violations} == {}
    assert [s.path for s in seen if s.wide] == []
    assert {s.path: s.weight for s in seen if s.weight > HEAVIEST} == {}
    assert {s.path: s.shift for s in seen if s.shift > 0.1} == {}
