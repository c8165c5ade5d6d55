"""The clock of a case: the letter names the last day that the programme's own clause gives, and every page counts towards it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from house import FORM, House, hurry, letters, wait
from sqlalchemy.orm import Session

from domain.case import CaseFacts, Conflict
from domain.document import Box
from domain.field import REVIEW, Entry, Fact, Read
from domain.notice import OTHER_FIRM, Notice
from eligibility.dates import roc
from eligibility.evidence import name
from eligibility.programme import load
from eligibility.workflow import RUNNING, Due
from intake import clock, deadlines
from intake.store import events, repository, rulings
from intake.store.views import DecisionView, PaperView
from intake.web.findings import outcome
from intake.web.letter import wanting
from intake.web.text import pick

DAY = date(2025, 4, 2)
NOON = datetime(2025, 4, 2, 12)


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A case that was sent in on 2025-03-31; ``states`` is what happened to it."""
    case = SimpleNamespace(id=1, programme="green-giant", submitted_at=datetime(2025, 3, 31, 9), received_on=date(2025, 3, 31),
                           state="submitted", states=[], again=None)
    monkeypatch.setattr(events, "states", lambda session, case_id: case.states)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(rulings, "last_asked", lambda session, case_id: case.again)
    return case


NO_SESSION = cast(Session, None)


def due_of(case: Any, facts: CaseFacts | None = None) -> Due:
    found = deadlines.if_asked_today(NO_SESSION, case, facts or CaseFacts())
    assert found is not None
    return found


def test_three_days_from_the_notice_move_past_the_holidays(case: Any) -> None:
    found = due_of(case)
    assert found.plain == date(2025, 4, 5)
    assert found.last == date(2025, 4, 7)
    said = deadlines.in_a_letter(found)
    assert roc(date(2025, 4, 7)) in said
    assert found.overdue in said
    assert found.clause.citation in said
    assert deadlines.without(f"請補：計畫書。\n{said}") == "請補：計畫書。"


def test_the_days_count_from_the_day_the_letter_leaves(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    late = NOON.replace(hour=23, minute=59)
    monkeypatch.setattr(clock, "now", lambda: late)
    promised = due_of(case).plain
    assert promised == date(2025, 4, 6)
    case.states = [("supplement", late)]
    monkeypatch.setattr(clock, "today", lambda: date(2025, 4, 3))
    running = next(d for d in deadlines.dues(NO_SESSION, case, CaseFacts()) if d.clock == "supplement")
    assert running.plain == promised


def test_the_last_of_several_supplements_counts_whatever_was_noted_of_an_earlier_one(case: Any) -> None:
    noted = {f: Fact(f, v, (Entry(f, v, "承辦", datetime(2025, 1, 1)),))
             for f, v in {"app.notice_date": "2025-01-02", "app.supplement_date": "2025-01-03"}.items()}
    case.states = [("submitted", datetime(2025, 3, 31)), ("supplement", datetime(2025, 4, 1)), ("submitted", datetime(2025, 4, 2))]
    assert deadlines.happened(NO_SESSION, case)["supplemented"] == date(2025, 4, 2)
    assert due_of(case, CaseFacts(noted)).last == date(2025, 4, 7)
    case.states.append(("supplement", datetime(2025, 4, 2, 15)))
    assert "supplemented" not in deadlines.happened(NO_SESSION, case)
    urgent = deadlines.urgent(deadlines.dues(NO_SESSION, case, CaseFacts(noted)))
    assert urgent is not None
    assert (urgent.clock, urgent.state) == ("supplement", RUNNING)


def test_a_supplement_asked_for_anew_has_the_days_that_its_letter_promises(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case.state, case.states = "supplement", [("submitted", datetime(2025, 3, 31)), ("supplement", datetime(2025, 4, 1))]
    case.again = NOON
    promised = due_of(case)
    running = next(d for d in deadlines.dues(NO_SESSION, case, CaseFacts()) if d.clock == "supplement")
    assert (running.plain, running.last) == (promised.plain, promised.last)


def test_a_decision_taken_back_is_no_decision(case: Any) -> None:
    case.states = [("passed", datetime(2025, 4, 1))]
    assert deadlines.happened(NO_SESSION, case)["decided"] == date(2025, 4, 1)
    case.states.append(("reviewing", datetime(2025, 4, 2)))
    assert "decided" not in deadlines.happened(NO_SESSION, case)


def test_where_the_programme_sets_no_days_the_letter_promises_none(case: Any) -> None:
    case.programme = "tops-supplier"
    assert deadlines.if_asked_today(NO_SESSION, case, CaseFacts()) is None
    assert deadlines.in_a_letter(None) == ""


def test_a_letter_asks_for_each_missing_paper_once_and_for_nothing_of_the_office() -> None:
    lines = wanting(load()["green-giant"], CaseFacts(), None).splitlines()
    assert lines[0] == "請補下列資料："
    assert len(lines) == len(set(lines)) > 3


def test_a_letter_says_whom_a_paper_is_asked_of_and_asks_not_again_for_what_it_will_say() -> None:
    about = {"rule": "r", "outcome": "needs_evidence", "mandatory": True, "explanation": "", "clause": {"citation": "", "text": ""},
             "used": {}, "value": None, "missing": ["org.name", "org.can_issue_uniform_invoice"]}
    decided = DecisionView(1, "tops-supplier", "", date(2026, 3, 4), "needs_evidence", {"findings": [about]}, {}, datetime(2026, 3, 4))
    text = wanting(load()["tops-supplier"], CaseFacts(), outcome(decided, {}, pick(None, None)))
    assert "公司設立／變更登記表（公司登記才要附）" in text
    assert "商業登記抄本（商業登記才要附）" in text
    assert "名稱全銜" not in text, "the registration form says it"
    assert "能否開立統一發票" in text


def test_a_letter_names_the_paper_on_which_a_value_cannot_be_used() -> None:
    first, second, third = fields = ["org.can_issue_uniform_invoice", "org.can_issue_receipt", "tax.sales_amount"]
    about = {"rule": "r", "outcome": "needs_evidence", "mandatory": True, "explanation": "", "clause": {"citation": "", "text": ""},
             "used": {}, "value": None, "missing": fields}
    decided = DecisionView(1, "tops-supplier", "", date(2026, 3, 4), "needs_evidence", {"findings": [about]}, {}, datetime(2026, 3, 4))

    def on(*letters: str) -> tuple[Read, ...]:
        return tuple(Read(letter * 64, 1, Box(0.1, 0.1, 0.2, 0.2), "?", REVIEW) for letter in letters)

    sent = [PaperView(n, 1, letter * 64, f"{letter}.pdf", 1, "", "read", 1, None, "",
                      ("vat_return",), 1, (), datetime(2026, 3, 4))
            for n, letter in enumerate("ab")]
    facts = CaseFacts({f: Fact(f, None, on("a", "b"), REVIEW) for f in (first, second)},
                      (Conflict(second, ((True, on("a")), (False, on("b")))),))

    def lines(*notices: Notice) -> list[str]:
        text = wanting(load()["tops-supplier"], facts, outcome(decided, {}, pick(None, None)), notices, sent)
        return [line.partition(". ")[2] for line in text.splitlines()]

    asked = lines()
    assert "「a.pdf」上的能否開立統一發票看不清楚，請重新掃描或拍照後再傳" in asked
    assert "能否開立收據：「a.pdf」、「b.pdf」上寫的不同，請說明哪一個對，或換成正確的文件" in asked
    assert f"「a.pdf」上讀不到{name(third)}，請重新掃描或拍照後再傳；上面沒有寫的，請說明" in asked
    # what another firm's paper says is not theirs to explain
    alone = lines(Notice(OTHER_FIRM, "別家", ("b.pdf",)))
    assert "「a.pdf」上的能否開立統一發票、能否開立收據看不清楚，請重新掃描或拍照後再傳" in alone


def test_from_the_letter_to_the_supplement(house: House) -> None:
    number = house.read_case(papers=(FORM,))
    shop, clerk = house.signed_in("shop"), house.signed_in("clerk")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    house.settle(number)
    page = clerk.get(f"/desk/cases/{number}").text
    assert "請補下列資料：" in page
    before = len(letters(house))
    clerk.post(f"/desk/cases/{number}/state", {"state": "supplement", "why": "請補下列資料：\n1. 輔導計畫書", "version": clerk.version})

    with house.database.reading() as session:
        case = repository.case(session, number)
        state, at = events.states(session, case.id)[-1]
        assert state == "supplement"
    asked = (at + rulings.FOR).date()
    dues = house.api("shop").get(f"/cases/{number}/deadlines").json()
    due = next(d for d in dues if d["clock"] == "supplement")
    assert due["state"] == RUNNING
    assert date.fromisoformat(due["plain"]) == asked + timedelta(days=3)
    last = date.fromisoformat(due["last"] or due["plain"])
    hurry(house)
    wait(lambda: len(letters(house)) > before)
    letter = letters(house)[-1]
    assert roc(last) in letter
    assert "1. 輔導計畫書" in letter
    told = shop.get(f"/cases/{number}/papers").text
    assert f"{last.year - 1911}/{last:%m/%d}" in told
    assert "視同放棄" in told

    assert case.due_on is not None
    rows = [r for r in re.findall(r"<tr data-row>.*?</tr>", clerk.get("/desk?state=supplement&sort=due").text, re.S) if number in r]
    assert len(rows) == 1
    assert f"{case.due_on.year - 1911}/{case.due_on:%m/%d}" in rows[0]

    with house.database.reading() as session:
        days = [r.due_on for r in repository.queue(session, repository.QueueFilter(("submitted", "supplement", "draft"), sort="due"))]
    assert days == sorted(d for d in days if d) + [None] * days.count(None)

    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    after = {d["clock"]: d["state"] for d in house.api("shop").get(f"/cases/{number}/deadlines").json()}
    assert after["supplement"] == "done"
    page = shop.get(f"/cases/{number}/papers").text
    assert "視同放棄" not in page
    assert "補件已於" in page
