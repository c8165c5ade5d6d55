"""A value that is changed after a case was decided: the decision stays, the change is told, an alarm where it would come out otherwise."""

from __future__ import annotations

import re

from house import House

from intake.store import decided, repository

FIELD = "org.registered_address"


def test_a_change_after_the_decision_leaves_it_and_raises_an_alarm(house: House) -> None:
    number = house.read_case(programme="tops-supplier")
    shop, clerk, auditor = house.signed_in("shop"), house.signed_in("clerk"), house.signed_in("auditor")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    house.settle(number)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/state", {"state": "failed", "why": "不在臺北市", "version": clerk.version})
    with house.database.reading() as session:
        assert decided.changed(session, repository.case(session, number)) is None

    found = clerk.get(f"/desk?q={number}").text
    assert "等候處理的沒有符合" in found
    there = re.findall(r'已經決定的案件裡也有：.*?href="([^"]+)">不通過', found)
    assert f'/desk/cases/{number}"' in clerk.get(there[0].replace("&amp;", "&")).text

    api = house.api("clerk")
    version = api.get(f"/cases/{number}").json()["version"]
    moved = {FIELD: "臺北市信義區松仁路1號"}
    assert api.post(f"/cases/{number}/entries", json={"version": version, "values": moved, "why": "新登記表"}).status_code == 201
    house.settle(number)
    with house.database.reading() as session:
        since = decided.changed(session, repository.case(session, number))
        assert since is not None
        assert [(c.field, c.by, c.why) for c in since.changes] == [(FIELD, "承辦甲", "新登記表")]
        assert since.case.state == "failed"
        assert since.then == "fail"
        assert since.differs
        listed = [s.case.number for s in decided.all_changed(session)]
        assert number in listed
    for page in (clerk.get(f"/desk/cases/{number}").text, auditor.get(f"/audit/value?case={number}").text):
        assert "決定「不通過」以後，有 1 個值改過" in page
        assert "新登記表" in page
        assert "請查明" in page
    assert f'<a href="/audit/value?case={number}&amp;field={FIELD}">' in auditor.get("/audit").text
    case = auditor.get(f"/audit/value?case={number}").text
    assert "<blockquote" in case, "the clauses behind the findings stand with the case"
    was = [re.sub("&amp;", "&", h) for h in re.findall(r'href="(/audit/value\?case=[^"]+run=\d+)"', case)]
    head = re.compile(r"<summary><strong>判斷.*?</summary>", re.S)
    assert "不符合" not in head.findall(case)[0]
    assert "不符合" in head.findall(auditor.get(was[1]).text)[0], "the decision before the change, as it was then"
    assert f'title="case/{number}"' in auditor.get(f"/audit?record={number}").text
    assert shop.get(f"/cases/{number}").url.path.endswith("/result")


def test_a_case_that_nobody_touched_since_raises_none(house: House, read_case: str) -> None:
    with house.database.reading() as session:
        assert decided.changed(session, repository.case(session, read_case)) is None
        assert read_case not in [s.case.number for s in decided.all_changed(session)]
