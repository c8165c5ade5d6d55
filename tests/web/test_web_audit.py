"""What an auditor reads of a case: what is not met first, each rule beside its words in force, what was typed, what was taken back."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from house import PASSWORD, House, Visitor
from test_web_desks import send

from domain.decision import Decision
from domain.errors import BadValue
from eligibility.cases import TODAY
from eligibility.decide import decide
from eligibility.programme import find
from intake import clock
from intake.people import accounts, audit
from intake.people.person import APPLICANT, AUDITOR, CLERK, Person
from intake.proportion import wilson
from intake.settings import Settings
from intake.store import rekey, repository, ruled, rulings
from intake.store.papers import Stored
from intake.store.views import PASSED, SUPPLEMENT, DecisionView
from intake.web import judged, values
from intake.web.main import create_app
from intake.web.security import SESSION_COOKIE
from intake.web.service import Service


class Office:
    """A service without a worker: what is decided is what a test says."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(Settings(data_dir=folder, _env_file=None))
        self.service: Service = self.app.state.service
        with self.service.database.session() as session:
            self.applicant, self.clerk, self.auditor = (
                accounts.create_staff(session, login, role, name, f"{login}@example.com", PASSWORD)
                for login, role, name in (("10458574", APPLICANT, "測試公司"), ("clerk-a", CLERK, "承辦甲"),
                                          ("auditor-a", AUDITOR, "稽核甲")))

    def at(self, who: Person) -> Visitor:
        with self.service.database.session() as session:
            token = accounts.sign_in(session, who.login, PASSWORD, "test")[0]
        return Visitor(TestClient(self.app, cookies={SESSION_COOKIE: token}), who.login)

    def case(self, decision: Decision) -> str:
        """A case that was sent in and judged so."""
        with self.service.database.session() as session:
            case = repository.create_case(session, "green-giant", self.applicant)
            repository.agree(session, case.id, self.applicant, "F11")
            repository.submit(session, case.id, case.version)
            repository.save_decision(session, case.id, f"{case.id}-made", decision, repository.facts(session, case.id), [])
        return case.number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.service.close()


def view(programme: str, facts: dict[str, object]) -> DecisionView:
    made = decide(find(programme), facts, date(2025, 3, 15), TODAY)
    return DecisionView(1, made.programme, made.edition, made.as_of, made.outcome, made.as_json(), facts, datetime(2025, 3, 15))


def test_what_is_not_met_stands_first_and_each_finding_once() -> None:
    seen = judged.judgement(view("tops-buyer", {"doc.privacy_consent": False}), TODAY)
    assert "needs_evidence" in dict(seen.folded), "a long list of what is missing stands under its count"
    assert not {"pass", "value", "not_applicable"} & {j.found["outcome"] for j in seen.first}
    folded = [j for _, some in seen.folded for j in some]
    assert sorted(j.found["rule"] for j in (*seen.first, *folded)) == sorted(j.found["rule"] for j in seen.every)
    assert (seen.edition, seen.reworded) == ("", 0), "the edition in force is the one that judged"
    assert all(len([j for j in seen.first if j.found["outcome"] == o]) <= judged.MANY for o in ("needs_evidence", "undetermined"))
    missing = next(j.found["missing"] for j in seen.every if j.found["missing"])
    assert seen.waiting_for(missing)
    assert all(set(missing) & set(j.found["missing"]) for j in seen.waiting_for(missing))


def test_a_decision_of_an_older_edition_stands_beside_the_words_and_figures_in_force(office: Office) -> None:
    made = view("green-giant", {"fin.paid_in_capital": 60_000_000})
    older = deepcopy(made.decision)
    changed = next(f for f in older["findings"] if any(isinstance(v, int) for v in f["parameters"].values()))
    changed["clause"]["text"], name = "以前的條文", next(k for k, v in changed["parameters"].items() if isinstance(v, int))
    now, changed["parameters"][name] = changed["parameters"][name], 1
    older["findings"].append({**changed, "rule": "green-giant.no-longer-asked"})
    seen = judged.judgement(replace(made, decision=older, edition="older+older"), TODAY)
    assert seen.edition == made.edition
    assert seen.reworded == 2
    beside = next(j for j in seen.every if j.found["rule"] == changed["rule"])
    rule = next(r for r in find("green-giant").rules if r.id == changed["rule"])
    assert (beside.found["clause"]["text"], beside.text) == ("以前的條文", rule.clause.text)
    ((_, then, today),) = beside.figures
    assert then.split()[0] == "1"
    assert today.split()[0] == f"{now:,}"
    assert [j.found["rule"] for j in seen.every if j.gone] == ["green-giant.no-longer-asked"]

    decision = decide(find("green-giant"), made.facts, made.as_of, TODAY)
    reworded = replace(decision.findings[0], clause=replace(decision.findings[0].clause, text="以前的條文"))
    number = office.case(replace(decision, findings=(reworded, *decision.findings[1:]), edition="older+older"))
    page = office.at(office.auditor).get(f"/audit/value?case={number}").text
    assert f"現行的版本是 {made.edition}，其中 1 條的文字不同" in page
    assert page.index("判斷時的條文：") < page.index("以前的條文") < page.index("現行的條文：")
    assert all(page.count(f'id="{f.rule}"') == 1 for f in decision.findings), "each finding can be pointed to"


def test_a_decision_that_was_taken_back_stands_in_the_history(office: Office) -> None:
    number = office.case(Decision("green-giant", clock.today(), "pass", ()))
    with office.service.database.session() as session:
        case = repository.case(session, number)
        repository.set_state(session, case.id, PASSED, case.version, office.clerk)
        rulings.undo(session, repository.case(session, number), office.clerk, repository.case(session, number).version)
    with office.service.database.reading() as session:
        (taken_back,) = ruled.every(session, case.id)
    assert (taken_back.state, taken_back.before, taken_back.by) == (PASSED, "submitted", "承辦甲")
    assert taken_back.undone_at is not None
    page = office.at(office.auditor).get(f"/audit/value?case={number}").text
    assert "承辦甲 決定「通過」" in page
    assert "復原，回到「已送件」" in page


def test_an_asked_supplement_is_no_decision_and_equal_judgements_stand_together(office: Office) -> None:
    number = office.case(Decision("green-giant", clock.today(), "pass", ()))
    with office.service.database.session() as session:
        case = repository.case(session, number)
        for again in ("pass", "pass", "fail"):
            repository.save_decision(session, case.id, f"{case.id}-{again}-{len(repository.decisions(session, case.id))}",
                                     Decision("green-giant", clock.today(), again, ()), repository.facts(session, case.id), [])
        now = repository.set_state(session, case.id, SUPPLEMENT, case.version, office.clerk)
        rulings.asked(session, now, case.state, office.clerk)
        runs = judged.runs(repository.decisions(session, case.id))
    assert [[d.outcome for d in same] for same in runs] == [["fail"], ["pass"] * 3]
    page = office.at(office.auditor).get(f"/audit/value?case={number}").text
    assert "之前 2 次相同" in page
    assert all(f"run={d.id}" in page for same in runs for d in same), "each can still be opened"
    assert "承辦甲 通知補件" in page
    assert "決定「待補件」" not in page


def test_another_number_shows_that_case_and_not_the_field_of_the_last(office: Office) -> None:
    first, second = (office.case(Decision("green-giant", clock.today(), "pass", ())) for _ in range(2))
    visitor = office.at(office.auditor)
    asked = {"case": second, "field": "app.submitted_date"}
    assert "用在哪裡" not in visitor.get("/audit/value", params={**asked, "was": first}).text
    assert "用在哪裡" in visitor.get("/audit/value", params={**asked, "was": second}).text


def test_the_log_of_a_case_has_the_looks_at_its_papers_and_says_whose_they_are(office: Office) -> None:
    number, other = (office.case(Decision("green-giant", clock.today(), "pass", ())) for _ in range(2))
    with office.service.database.session() as session:
        mine, alien = (repository.add_paper(session, repository.case(session, n).id, Stored("0" * 63 + str(i), 3), f"{i}.pdf",
                                            "application/pdf", office.applicant) for i, n in enumerate((number, other)))
        for paper in (mine, alien):
            audit.record(session, office.clerk, audit.LOOK, f"paper/{paper.id}")
    page = office.at(office.auditor).get(f"/audit?record={number}").text
    assert f'title="paper/{mine.id}"' in page
    assert f'title="paper/{alien.id}"' not in page
    assert f'0.pdf <a class="num nowrap" href="/audit/value?case={number}">{number}</a>' in page


def test_a_typed_value_says_that_no_paper_stands_behind_it(office: Office) -> None:
    number = office.case(Decision("green-giant", clock.today(), "pass", ()))
    with office.service.database.session() as session:
        case = repository.case(session, number)
        repository.add_entry(session, case.id, office.clerk, "fin.prior_year_revenue", 85_000_000, case.version, why="依電話查明")
    page = office.at(office.auditor).get(f"/audit/value?case={number}&field=fin.prior_year_revenue").text
    assert "由 承辦甲 輸入，沒有文件" in page
    assert "已採用" not in page


def test_the_log_is_exported_for_a_spreadsheet_too(office: Office) -> None:
    number = office.case(Decision("green-giant", clock.today(), "pass", ()))
    visitor = office.at(office.auditor)
    visitor.get(f"/audit/value?case={number}")
    assert f"/audit/export.xlsx?record=case%2F{number}" in visitor.get(f"/audit?record=case/{number}").text
    answer = visitor.client.get("/audit/export.xlsx", params={"record": f"case/{number}"})
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    with office.service.database.reading() as session:
        lines = audit.search(session, audit.AuditFilter(record=f"case/{number}"), None)
        (exported,) = audit.search(session, audit.AuditFilter(action=audit.EXPORT))
    assert (exported.detail["format"], exported.detail["lines"]) == ("xlsx", len(lines))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(lines) + 1
        texts = html.unescape(book.read("xl/sharedStrings.xml").decode())
    assert all(str(cell) in texts for line in lines for cell in audit.cells(line)[1:])
    assert visitor.client.get("/audit/export.doc").status_code == 404


def test_a_whole_sample_is_keyed_to_its_agreement_and_a_verdict_mends_it(house: House) -> None:
    send(house)
    auditor = house.signed_in("auditor")
    auditor.get("/audit/rekey")
    page = auditor.post("/audit/rekey", {"size": "8"})
    keyed, wrong = 0, ""
    while place := re.search(r"/audit/rekey/(\d+)/(\d+)$", str(page.url)):
        with house.database.reading() as session:
            item = rekey.item(session, int(place[1]), int(place[2]))
        said = values.box(item.field, item.machine)
        if not wrong and _typable(item.field, slip := f"{said}9"):
            said, wrong = slip, place[2]
        page = auditor.post(place[0], {"act": "key", "value": said.split("\n") if values.kind_of(item.field) == "choices" else said})
        keyed += 1
    assert (keyed, bool(wrong)) == (8, True)
    low, high = wilson(7, 8)
    assert "一致 87.5%（7／8）" in page.text
    assert f"95% 區間 {100 * low:.1f}%–{100 * high:.1f}%" in page.text
    assert "不一致的 1 個" in page.text
    number = re.search(r"/audit/rekey/(\d+)$", str(page.url))
    assert number
    assert "一致 100.0%（8／8）" in auditor.post(f"/audit/rekey/{number[1]}/{wrong}/verdict", {"verdict": rekey.MACHINE}).text


def _typable(field: str, text: str) -> bool:
    try:
        return values.typed(field, text) is not None
    except BadValue:
        return False
