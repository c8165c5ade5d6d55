"""Decisions: many at once, only those that nothing speaks against; each can be taken back until its letter leaves; what is missing is
told where the hand is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from house import PASSWORD, Visitor
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.case import CaseFacts, Conflict
from domain.decision import Decision
from domain.field import Entry
from intake import clock, deadlines
from intake.people import accounts, audit, mail
from intake.people.person import APPLICANT, CLERK, Person
from intake.settings import Settings
from intake.store import events, repository, rulings
from intake.store.tables import Mail
from intake.store.tables_log import AuditLine
from intake.store.tables_rulings import RulingRow
from intake.store.views import CaseView
from intake.web import many_decide, open_points
from intake.web.main import create_app
from intake.web.security import SESSION_COOKIE
from intake.web.service import Service
from intake.web.text import Text

NUMBER = "10458574"


class Office:
    """A service with an applicant and two clerks, without a worker: what is decided is what a test says."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(Settings(data_dir=folder, _env_file=None))
        self.service: Service = self.app.state.service
        with self.service.database.session() as session:
            self.applicant, self.clerk, self.other = (
                accounts.create_staff(session, login, role, name, f"{login}@example.com", PASSWORD)
                for login, role, name in ((NUMBER, APPLICANT, "測試公司"), ("clerk-a", CLERK, "承辦甲"), ("clerk-b", CLERK, "承辦乙")))

    def at_desk(self, who: Person) -> Visitor:
        with self.service.database.session() as session:
            token = accounts.sign_in(session, who.login, PASSWORD, "test")[0]
        return Visitor(TestClient(self.app, cookies={SESSION_COOKIE: token}), who.login)

    def case(self, outcome: str = "pass") -> str:
        """A case that was sent in and decided so."""
        with self.service.database.session() as session:
            case = repository.create_case(session, "green-giant", self.applicant)
            repository.agree(session, case.id, self.applicant, "F11")
            repository.submit(session, case.id, case.version)
            made = Decision("green-giant", clock.today(), outcome, ())
            repository.save_decision(session, case.id, f"{case.id}-made", made, repository.facts(session, case.id), [])
        return case.number

    def __getitem__(self, number: str) -> CaseView:
        with self.service.database.reading() as session:
            return repository.case(session, number)

    def letters(self) -> list[datetime]:
        """When each letter that waits may leave."""
        with self.service.database.reading() as session:
            return list(session.scalars(select(Mail.next_at).where(Mail.sent_at.is_(None))))

    def logged(self, session: Session, number: str) -> list[dict[str, str]]:
        lines = select(AuditLine.detail).where(AuditLine.record == f"case/{number}", AuditLine.action == audit.CHANGE)
        return [json.loads(d) for d in session.scalars(lines.order_by(AuditLine.seq))]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.service.close()


def choose(clerk: Visitor, act: str, *numbers: str) -> list[str]:
    """Choose cases in the table and ask for ``act``; the cases that the next page would decide."""
    clerk.get("/desk?sort=age")
    named = [m for m in re.findall(r'name="case" value="([\d-]+:\d+)"', clerk.page) if m.partition(":")[0] in numbers]
    assert clerk.post("/desk/many", {"act": act, "case": named}).status_code == 200
    return re.findall(r'name="case" value="([\d-]+:\d+)"', clerk.page)


def test_only_what_nothing_speaks_against_is_passed_among_many(office: Office) -> None:
    clean, also, wanting, others, doubt = office.case(), office.case(), office.case("needs_evidence"), office.case(), office.case()
    with office.service.database.session() as session:
        repository.assign(session, office[others].id, office.other.id, office[others].version)
        repository.add_entry(session, office[doubt].id, office.clerk, "org.uniform_no", "04595257", office[doubt].version)
    clerk = office.at_desk(office.clerk)
    ready = choose(clerk, "pass", clean, also, wanting, others, doubt)
    assert [r.partition(":")[0] for r in ready] == [clean, also]
    assert "2 件會改為「通過」，3 件不動" in clerk.page
    for reason in ("判斷的結果是「還缺資料」", "由承辦乙承辦", "文件上的統一編號是 04595257"):
        assert reason in clerk.page
    assert all(office[n].state == "submitted" for n in (clean, also, wanting, others, doubt))

    # one is changed by somebody else between the look and the press, and one that was never offered is slipped in
    with office.service.database.session() as session:
        repository.add_entry(session, office[also].id, office.other, "contact.name", "某人", office[also].version)
    slipped = [*ready, f"{wanting}:{office[wanting].version}"]
    done = clerk.post("/desk/many/decide", {"act": "pass", "case": slipped}).text
    assert "完成 1 件，未變動 2 件" in done
    assert "承辦乙 於" in done
    assert [office[n].state for n in (clean, also, wanting, others)] == ["passed", "submitted", "submitted", "submitted"]
    with office.service.database.reading() as session:
        assert office.logged(session, clean) == [{"state": "passed"}]
        assert office.logged(session, also) == []


def test_many_are_refused_each_with_its_own_reason(office: Office) -> None:
    one, two, fits = office.case("fail"), office.case("fail"), office.case()
    clerk = office.at_desk(office.clerk)
    ready = choose(clerk, "refuse", one, two, fits)
    assert {r.partition(":")[0] for r in ready} == {one, two}
    clerk.post("/desk/many/decide", {"act": "refuse", "case": ready, f"why-{one}": "實收資本額超過上限", f"why-{two}": ""})
    assert "完成 1 件，未變動 1 件" in clerk.page
    assert [office[n].state for n in (one, two, fits)] == ["failed", "submitted", "submitted"]
    (leaves,) = office.letters()
    assert leaves > clock.now() + rulings.FOR / 2
    # and all of it is taken back by one button
    back = re.findall(r'name="case" value="([\d-]+:\d+)"', clerk.page)
    clerk.post("/desk/many/undecide", {"case": back})
    assert "完成 1 件，未變動 0 件" in clerk.page
    assert office[one].state == "submitted"
    assert office.letters() == []


def test_a_decision_is_taken_back_with_its_letter(office: Office) -> None:
    number = office.case("fail")
    clerk, other = office.at_desk(office.clerk), office.at_desk(office.other)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/facts", {"act": "new", "field": "contact.name", "value": "某人", "version": clerk.version})
    assert f"/desk/cases/{number}/undo" in clerk.get(f"/desk/cases/{number}").text
    due = office[number].due_on
    clerk.post(f"/desk/cases/{number}/state", {"state": "failed", "why": "不在計畫範圍", "version": clerk.version})
    assert len(office.letters()) == 1
    # the key takes back the decision, not the value before it; and it is only the clerk's own to take back
    assert f"/desk/cases/{number}/undecide" in clerk.page
    assert f"/desk/cases/{number}/undo" not in clerk.page
    assert "undecide" not in other.get(f"/desk/cases/{number}").text
    assert "gone=1" in str(other.post(f"/desk/cases/{number}/undecide", {"version": other.version}).url)
    clerk.post(f"/desk/cases/{number}/undecide", {"version": clerk.version})
    assert "回到「已送件」" in clerk.page
    assert (office[number].state, office[number].due_on) == ("submitted", due)
    assert office.letters() == []
    with office.service.database.reading() as session:
        assert [d.get("why", "") for d in office.logged(session, number)][-1] == "復原「不通過」"
        assert "decided" not in deadlines.happened(session, office[number])
    assert f"/desk/cases/{number}/undo" in clerk.get(f"/desk/cases/{number}").text


def test_a_decision_stands_once_its_letter_leaves(office: Office) -> None:
    number = office.case("fail")
    clerk = office.at_desk(office.clerk)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/state", {"state": "failed", "why": "不在計畫範圍", "version": clerk.version})
    assert mail.deliver(office.service.database, office.service.settings) == 0
    early = clock.now() - rulings.FOR - timedelta(seconds=1)
    with office.service.database.session() as session:
        session.execute(update(Mail).values(next_at=clock.now() - timedelta(seconds=1)))
        session.execute(update(RulingRow).values(at=early))
    assert mail.deliver(office.service.database, office.service.settings) == 1
    assert "undecide" not in clerk.get(f"/desk/cases/{number}").text
    clerk.post(f"/desk/cases/{number}/undecide", {"version": clerk.version})
    assert "請按「審查中」重新審查" in clerk.page
    assert office[number].state == "failed"


def test_a_supplement_is_taken_back_with_its_letter_and_its_words_stand_again(office: Office) -> None:
    number = office.case("needs_evidence")
    clerk, shop = office.at_desk(office.clerk), office.at_desk(office.applicant)
    clerk.get(f"/desk/cases/{number}")
    due = office[number].due_on
    clerk.post(f"/desk/cases/{number}/state", {"state": "supplement", "why": "請補\r\n1. 圖說", "version": clerk.version})
    (leaves,) = office.letters()
    assert leaves > clock.now() + rulings.FOR / 2
    assert "可以復原「待補件」" in clerk.page
    assert office[number].due_on != due
    # asked anew while it is out, and that taken back: the first asking stands
    clerk.post(f"/desk/cases/{number}/state", {"state": "supplement", "why": "請補別的", "version": clerk.version})
    clerk.post(f"/desk/cases/{number}/undecide", {"version": clerk.version})
    assert office[number].state == "supplement"
    assert office.letters() == [leaves]
    told = shop.get(f"/cases/{number}/papers").text
    assert "1. 圖說" in told
    assert "請補別的" not in told
    with office.service.database.reading() as session:
        assert [s for s, _ in events.states(session, office[number].id)] == ["submitted", "supplement"]


def test_a_supplement_that_comes_before_its_letter_leaves_is_not_asked_for_any_more(office: Office) -> None:
    number = office.case("needs_evidence")
    clerk, shop = office.at_desk(office.clerk), office.at_desk(office.applicant)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/state", {"state": "supplement", "why": "請補圖說", "version": clerk.version})
    assert len(office.letters()) == 1
    shop.get(f"/cases/{number}/papers")
    with office.service.database.session() as session:
        version = repository.case(session, number).version
    shop.post(f"/cases/{number}/submit", {"version": str(version)})
    assert office[number].state == "submitted"
    assert office.letters() == []


def test_the_next_case_is_the_one_after_where_the_decided_one_stood(office: Office) -> None:
    numbers = [office.case() for _ in range(3)]
    clerk = office.at_desk(office.clerk)
    clerk.get("/desk?sort=age")
    clerk.get(f"/desk/cases/{numbers[1]}")
    clerk.post(f"/desk/cases/{numbers[1]}/state", {"state": "passed", "version": clerk.version})
    onward = re.search(r'href="(/desk/next[^"]+)"', clerk.page)
    assert onward is not None
    assert clerk.get(html.unescape(onward[1])).url.path == f"/desk/cases/{numbers[2]}"


def test_what_was_written_stands_again_after_it_was_taken_back_and_goes_out_with_nothing_else(office: Office) -> None:
    for state, box in (("failed", "why"), ("supplement", "letter")):
        number = office.case("fail")
        clerk = office.at_desk(office.clerk)
        clerk.get(f"/desk/cases/{number}")
        clerk.post(f"/desk/cases/{number}/state", {"state": state, "why": "請看\r\n第二點", "version": clerk.version})
        clerk.post(f"/desk/cases/{number}/undecide", {"version": clerk.version})
        assert (office[number].state, office.letters()) == ("submitted", [])
        text = re.search(rf'<textarea id="{box}"[^>]*>([^<]*)</textarea>', clerk.page)
        assert text
        assert text[1].split() == ["請看", "第二點"]
        clerk.post(f"/desk/cases/{number}/state", {"state": "reviewing", "why": "請看\r\n第二點", "version": clerk.version})
        assert office[number].state == "reviewing"
        assert office.letters() == []
        assert "第二點" not in clerk.page.partition('id="why"')[2]


def test_many_supplements_are_taken_back_by_one_press(office: Office) -> None:
    numbers = [office.case("needs_evidence"), office.case("needs_evidence")]
    clerk = office.at_desk(office.clerk)
    ready = choose(clerk, "supplement", *numbers)
    clerk.post("/desk/many", {"act": "send", "case": ready} | {f"why-{n}": "請補圖說" for n in numbers})
    assert "完成 2 件，未變動 0 件" in clerk.page
    assert len(office.letters()) == 2
    back = re.findall(r'name="case" value="([\d-]+:\d+)"', clerk.page)
    clerk.post("/desk/many/undecide", {"case": back})
    assert "完成 2 件，未變動 0 件" in clerk.page
    assert [office[n].state for n in numbers] == ["submitted", "submitted"]
    assert office.letters() == []


def test_more_than_one_press_takes_are_left_alone_and_said_so(office: Office) -> None:
    number = office.case()
    clerk = office.at_desk(office.clerk)
    clerk.get("/desk")
    answer = clerk.post("/desk/many/decide", {"act": "pass", "case": [f"{number}:{office[number].version}"] * (many_decide.MOST + 1)})
    assert answer.status_code == 422
    assert f"一次最多辦 {many_decide.MOST} 件" in answer.text
    assert office[number].state == "submitted"


def test_a_refusal_without_a_reason_says_so_beside_the_box(office: Office) -> None:
    number = office.case("fail")
    clerk = office.at_desk(office.clerk)
    clerk.get(f"/desk/cases/{number}")
    answer = clerk.post(f"/desk/cases/{number}/state", {"state": "failed", "why": "", "version": clerk.version})
    assert answer.status_code == 422
    assert re.search(r'<textarea id="why"[^>]*aria-invalid="true" aria-describedby="problem" autofocus', answer.text)
    assert re.search(r'</textarea><p class="error" id="problem" role="alert">請寫下原因', answer.text)
    assert answer.text.count("請寫下原因") == 1


def told(*sides: tuple[str, bool]) -> CaseFacts:
    at = datetime(2026, 1, 2)
    made = tuple((v, (Entry("org.uniform_no", v, "某人", at, claimed=claimed),)) for v, claimed in sides)
    return CaseFacts(conflicts=(Conflict("org.uniform_no", made),))


@pytest.mark.parametrize(("sides", "loud"), [
    ((("04595257", False), ("22099131", False)), True), (((NUMBER, False), ("22099131", False)), False),
    (((NUMBER, True), ("22099131", False)), True), ((), False),
])
def test_papers_of_two_firms_are_told_while_none_is_the_accounts(office: Office, sides: tuple[tuple[str, bool], ...], loud: bool) -> None:
    case = office[office.case()]
    found = open_points.points(case, told(*sides), (), "pass", Text("zh"))
    assert [p.code for p in found if p.loud] == ([open_points.OTHER_NUMBER] if loud else [])
    assert all(v in found[0].sentence for v, claimed in sides if not claimed) if loud else True
