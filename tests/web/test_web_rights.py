"""A person uses the five rights of the Personal Data Protection Act over their own data, and the office answers in time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from house import FORM, PASSWORD, PEOPLE, House, Visitor, letters, sample, wait
from sqlalchemy import select, update
from test_web_browser import DESK, PHONE, PHOTO, Person, browser  # noqa: F401  the fixture of that module

from intake import clock
from intake.people import accounts
from intake.store import erase, keeping, repository, rights, stops
from intake.store.papers import PaperStore
from intake.store.tables import Account, CaseRow, Event, Job
from intake.store.views import READ, READING, RECEIVED, REFUSED, UNREADABLE, PaperView
from intake.web import audit_rights

NEXT = iter(("10458606", "10458609", "10458612", "10458615", "10458618", "10458621", "10458624", "10458627", "10458630"))


def newcomer(house: House) -> Visitor:
    """An applicant of their own, so that what is erased is nobody else's."""
    login = next(NEXT)
    with house.database.session() as session:
        accounts.create_staff(session, login, "applicant", f"商行{login}", f"p{login}@example.com", PASSWORD)
    return house.visitor().sign_in(login)


def sent_in(house: House, visitor: Visitor) -> str:
    """A case of theirs, read and sent in."""
    number = visitor.new_case()
    visitor.upload(number, (sample(FORM).name, sample(FORM).read_bytes()))
    house.settle(number)
    with house.database.session() as session:
        case = repository.case(session, number)
        repository.submit(session, case.id, case.version)
    return number


def test_everything_that_is_held_can_be_seen_and_taken_along(house: House, read_case: str) -> None:
    shop = house.signed_in("shop")
    page = shop.get("/rights/data").text
    assert read_case in page
    assert sample(FORM).name in page
    shop.get("/rights")
    answer = shop.client.post("/rights/copy", data={"token": shop.token})
    assert answer.headers["content-type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    papers = {n: packed.read(n) for n in packed.namelist() if n.startswith(f"{read_case}/papers/")}
    assert sample(FORM).read_bytes() in papers.values()
    facts = list(csv.DictReader(io.StringIO(packed.read(f"{read_case}/facts.csv").decode("utf-8-sig"))))
    assert {"欄位", "名稱", "值", "來歷"} == set(facts[0])
    assert {"org.uniform_no", "fin.paid_in_capital"} <= {f["欄位"] for f in facts}
    rows = json.loads(packed.read("rows.json"))
    assert {"accounts", "cases", "papers", "readings", "consents", "sessions"} <= set(rows)
    assert "password_hash" not in rows["accounts"][0]
    assert len(rows["accounts"]) == 1
    log = list(csv.DictReader(io.StringIO(packed.read("log.csv").decode("utf-8-sig"))))
    assert {"新增", "讀取", "判定"} <= {x["動作"] for x in log}
    assert not [x for x in log if x["誰"] not in ("本人", "系統", "承辦人員", "稽核人員", "管理人員")]
    with house.database.reading() as session:
        me = accounts.person(session, shop.login)
        assert me is not None
        assert {rights.SEE, rights.COPY} <= {r.kind for r in rights.of_person(session, me) if r.answered_by == rights.SELF}
    # the file that was packed does not stay
    wait(lambda: not list(house.settings.data_dir.glob("own-data-*")))


def test_the_rights_are_of_the_applicant_and_of_their_own_cases(house: House, read_case: str) -> None:
    assert house.signed_in("clerk").get("/rights").status_code == 403
    rival = house.signed_in("rival")
    rival.get("/rights")
    for right in ("stop", "go", "delete"):
        assert rival.post(f"/rights/{right}", {"case": read_case, "sure": "yes"}).status_code == 404
        rival.get("/rights")
    assert read_case not in rival.get("/rights/data").text


def test_stopping_ends_all_work_at_once_until_it_is_taken_back(house: House) -> None:
    me, clerk = newcomer(house), house.signed_in("clerk")
    number = sent_in(house, me)
    me.get("/rights")
    me.post("/rights/stop", {"case": number})
    assert "停止處理" in me.get(f"/cases/{number}/result").text
    shown = clerk.get(f"/desk/cases/{number}").text
    assert "當事人自" in shown
    assert clerk.post(f"/desk/cases/{number}/state", {"state": "reviewing", "version": clerk.version}).status_code == 409
    with house.database.reading() as session:
        case = repository.case(session, number)
        assert stops.stopped(session, case.id) is not None
        decided = len(repository.decisions(session, case.id))
    wait(lambda: any("已立即停止" in text for text in letters(house, f"p{me.login}@example.com")))
    me.get("/rights")
    me.post("/rights/go", {"case": number})
    clerk.get(f"/desk/cases/{number}")
    assert clerk.post(f"/desk/cases/{number}/state", {"state": "reviewing", "version": clerk.version}).status_code == 200
    with house.database.reading() as session:
        assert len(repository.decisions(session, case.id)) >= decided


def test_what_waits_when_a_case_is_stopped_is_done_when_it_goes_on(house: House) -> None:
    me = newcomer(house)
    number = me.new_case()
    me.get("/rights")
    me.post("/rights/stop", {"case": ""})
    assert me.upload(number, ("a.pdf", sample(FORM).read_bytes())).status_code == 409
    me.get("/rights")
    me.post("/rights/go", {"case": number})
    assert me.upload(number, ("a.pdf", sample(FORM).read_bytes())).status_code == 200
    house.settle(number)


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_a_paper_that_is_being_read_when_the_case_stops_is_not_kept_and_is_read_later(house: House) -> None:
    me = newcomer(house)
    number = me.new_case()
    # a photo takes the engine some seconds, so that the stop comes in between
    me.upload(number, (PHOTO.name, PHOTO.read_bytes()))

    def paper() -> PaperView:
        with house.database.reading() as session:
            return repository.papers(session, repository.case(session, number).id)[0]

    def waiting() -> bool:
        with house.database.reading() as session:
            return session.scalar(select(Job.taken_by).where(Job.kind == "read", Job.subject == paper().id, Job.done_at.is_(None))) is None

    wait(lambda: paper().state == READING)
    me.get("/rights")
    me.post("/rights/stop", {"case": number})
    assert paper().state == RECEIVED
    wait(waiting)
    assert (paper().state, paper().pages, paper().pictures) == (RECEIVED, None, ())
    with house.database.reading() as session:
        assert repository.reading(session, paper().id) is None
    me.get("/rights")
    me.post("/rights/go", {"case": number})
    house.settle(number)
    # on a machine that is busy the read may run out of its time, which is a reading too
    assert (paper().state, paper().error_code) in ((READ, None), (UNREADABLE, "timeout"))
    with house.database.reading() as session:
        assert repository.reading(session, paper().id) is not None


def test_drafts_go_at_once_and_with_the_last_of_them_the_account(house: House) -> None:
    me = newcomer(house)
    number = me.new_case()
    me.upload(number, ("林某某.pdf", sample(FORM).read_bytes() + b"%own"))
    house.settle(number)
    me.get("/rights")
    asked = me.post("/rights/delete", {"case": number})
    assert "無法復原" in asked.text
    assert me.get(f"/cases/{number}/papers").status_code == 200
    me.post("/rights/delete", {"case": number, "sure": "yes"})
    assert me.get(f"/cases/{number}/papers").status_code == 404
    with house.database.reading() as session:
        made = erase.certificate(session, number)
    assert made.ground == erase.OWN
    assert made.finished_at is not None
    me.get("/rights")
    assert "帳號也會一起刪除" in me.post("/rights/delete", {"case": ""}).text
    assert me.post("/rights/delete", {"case": "", "sure": "yes"}).url.path == "/login"
    with house.database.reading() as session:
        assert session.scalar(select(Account).where(Account.login == me.login)) is None


def test_a_case_that_was_sent_in_is_erased_by_the_manager_and_leaves_a_certificate(house: House) -> None:
    me, manager = newcomer(house), house.signed_in("manager")
    number = sent_in(house, me)
    assert manager.get(f"/manage/keeping/{number}").status_code == 403
    me.get("/rights")
    me.post("/rights/delete", {"case": number, "sure": "yes", "text": "公司結束營業"})
    assert me.get(f"/cases/{number}/result").status_code == 200
    assert "公司結束營業" in manager.get(f"/manage/keeping/{number}").text
    with house.database.reading() as session:
        request = next(r.id for r in rights.waiting(session) if r.case_number == number)
    manager.get(f"/manage/rights/{request}")
    early = manager.post(f"/manage/rights/{request}", {"act": "done", "text": ""})
    assert (early.status_code, "這些案件還在" in early.text) == (422, True), "nobody is told that it is done while the case is there"
    manager.get(f"/manage/keeping/{number}")
    assert manager.post(f"/manage/keeping/{number}", {"again": "1150101-0001", "reason": "當事人請求"}).status_code == 422
    store = PaperStore(house.settings.papers_dir)
    with house.database.reading() as session:
        case = repository.case(session, number)
        there = erase.content(session, store, case.id)
    assert there.files
    page = manager.post(f"/manage/keeping/{number}", {"again": number, "reason": "當事人請求"})
    assert page.url.path == f"/manage/erased/{number}"
    assert "個人資料刪除證明" in page.text
    assert all(f in page.text for f in there.files if f not in there.shared)
    assert not any((house.settings.papers_dir / f[:2] / f[2:4] / f).exists() for f in there.files if f not in there.shared)
    assert manager.get(f"/desk/cases/{number}").status_code == 404
    assert "已辦理" in me.get("/rights").text
    wait(lambda: any(f"案件 {number} 已刪除" in text for text in letters(house, f"p{me.login}@example.com")))
    auditor = house.signed_in("auditor")
    for path in (f"/audit/erased/{number}", "/audit/rights"):
        seen = auditor.get(path).text
        assert "管理人員" in seen
        assert audit_rights.masked(manager.login) in seen
        assert manager.login not in seen
        assert PEOPLE["manager"][2] not in seen


def test_a_case_is_erased_when_its_time_is_over_and_not_before(house: House) -> None:
    me, manager = newcomer(house), house.signed_in("manager")
    number = sent_in(house, me)
    manager.get("/manage/keeping")
    assert manager.post("/manage/keeping", {"ending": REFUSED, "days": "0", "reason": "x"}).status_code == 422
    manager.post("/manage/keeping", {"ending": REFUSED, "days": "400", "reason": "訴願期間較長"})
    assert "訴願期間較長" in house.visitor().get("/privacy").text
    with house.database.session() as session:
        case = repository.case(session, number)
        repository.set_state(session, case.id, REFUSED, case.version)
        assert number not in {d.number for d in keeping.due(session, clock.today())}
        session.execute(update(Event).where(Event.case_id == case.id).values(at=clock.now() - timedelta(days=401)))
        session.execute(update(CaseRow).where(CaseRow.id == case.id).values(created_at=clock.now() - timedelta(days=410)))
    assert manager.get(f"/manage/keeping/{number}").status_code == 200
    assert manager.post(f"/manage/keeping/{number}", {"again": number, "reason": "期滿"}).url.path == f"/manage/erased/{number}"
    with house.database.reading() as session:
        assert erase.certificate(session, number).ground == erase.DUE
        assert session.scalar(select(CaseRow).where(CaseRow.number == number)) is None


def test_a_correction_is_asked_extended_and_answered_by_mail(house: House) -> None:
    me, manager = newcomer(house), house.signed_in("manager")
    me.get("/rights")
    assert me.post("/rights/correct", {"case": "", "text": ""}).status_code == 422
    me.post("/rights/correct", {"case": "", "text": "電話應為 02-2345-6789"})
    with house.database.reading() as session:
        asked = next(r for r in rights.waiting(session) if r.login == me.login)
    assert asked.due_on == clock.today() + timedelta(days=30)
    path = f"/manage/rights/{asked.id}"
    assert "第 13 條第 2 項" in manager.get(path).text
    assert manager.post(path, {"act": "refused", "text": ""}).status_code == 422
    assert "「答覆的內容」應為：延長的原因" in manager.post(path, {"act": "extend", "text": ""}).text, "named as the box is on the page"
    mark = '<input type="hidden" name="field" value="extended">'
    assert mark not in manager.page
    assert mark in manager.post(path, {"act": "extend", "text": "要向保存機關調卷"}).text, "what was sent is no unsent answer"
    manager.post(path, {"act": "done", "text": "電話已更正"})
    wait(lambda: len(letters(house, f"p{me.login}@example.com")) == 3)
    received, extended, done = letters(house, f"p{me.login}@example.com")
    assert "最遲在" in received
    assert "要向保存機關調卷" in extended
    assert "電話已更正" in done
    assert "電話已更正" in me.get("/rights").text


def test_the_notice_tells_what_the_act_wants_told(house: House) -> None:
    visitor = house.visitor()
    for path in ("/open", "/privacy"):
        page = visitor.get(path).text
        for said in ("誰蒐集", "008 中小企業及其他產業之輔導", "157 調查、統計與研究分析", "165 環境保護", "C001", "C103", "中華民國領域內",
                     "個人資料保護法第 3 條", "請求停止蒐集、處理或利用", "不提供會怎樣", "不作行銷", "個人資料保護法第 9 條"):
            assert said in page, (path, said)
    page = visitor.get("/privacy").text
    for said in ("個人資料檔案名稱", "保有機關名稱", "聯絡方式", "保有之依據", "隱私權聲明", "保存多久", *keeping.NAMES.values()):
        assert said in page


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_fit_their_screens_in_both_languages(browser, house: House, read_case: str, size: dict[str, object]) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    for who, pages in (("shop", ("/rights", "/rights/data", "/privacy")),
                       ("manager", ("/manage", "/manage/people", "/manage/rules", "/manage/keeping", "/manage/rights", "/manage/letters",
                                    "/manage/letters/invite", "/manage/settings"))):
        me = Person(browser, house, who, size)
        for path in pages:
            for lang in ("zh", "en"):
                me.go(f"{path}?lang={lang}")
                me.well()
