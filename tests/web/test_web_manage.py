"""The manager's desk: accounts, mail texts, rules in force, settings, health; and who may not come in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from house import PASSWORD, PEOPLE, House, letters, wait
from pydantic import SecretStr
from test_web_account import mailed_code

from intake.people import accounts, staff
from intake.people.person import CLERK, MANAGER
from intake.web import manage
from intake.web.main import create_app
from intake.work import health

PAGES = ("/manage", "/manage/people", "/manage/rules", "/manage/keeping", "/manage/rights", "/manage/letters", "/manage/letters/case-state",
         "/manage/settings")


@pytest.mark.parametrize("path", PAGES)
def test_only_the_manager_comes_in(house: House, path: str) -> None:
    assert house.visitor().get(path).url.path == "/login"
    for who in ("shop", "clerk", "auditor"):
        assert house.signed_in(who).get(path).status_code == 403
    manager = house.signed_in("manager")
    for lang in ("zh", "en"):
        assert manager.get(f"{path}?lang={lang}").status_code == 200


def test_somebody_new_sets_their_own_password_and_can_be_closed(house: House) -> None:
    manager = house.signed_in("manager")
    manager.get("/manage/people")
    for wrong in ({"login": "Üser"}, {"role": "applicant"}, {"email": "nowhere"}, {"name": ""}, {"login": PEOPLE["clerk"][0]}):
        good = {"login": "new-clerk", "role": CLERK, "name": "承辦丙", "email": "new-clerk@example.com"}
        assert manager.post("/manage/people", good | wrong).status_code == 422
    assert manager.post("/manage/people", {"login": "new-clerk", "role": CLERK, "name": "承辦丙", "email": "new-clerk@example.com"}
                        ).status_code == 200
    code = mailed_code(house, "new-clerk@example.com")
    newcomer = house.visitor()
    newcomer.get("/open/code")
    assert newcomer.post("/open/code", {"login": "new-clerk", "code": code, "password": PASSWORD}).url.path == "/desk"
    manager.post("/manage/people/new-clerk", {"act": "role", "role": "auditor"})
    assert newcomer.get("/desk").url.path == "/login"
    again = house.visitor().sign_in("new-clerk")
    assert again.get("/audit").status_code == 200
    assert "登入中的也已登出" in manager.post("/manage/people/new-clerk", {"act": "close"}).text
    assert again.get("/audit").url.path == "/login"
    late = house.visitor()
    late.get("/login")
    assert late.post("/login", {"login": "new-clerk", "password": PASSWORD}).status_code == 401
    manager.post("/manage/people/new-clerk", {"act": "reopen"})
    assert late.post("/login", {"login": "new-clerk", "password": PASSWORD}).status_code == 401
    with house.database.reading() as session:
        assert {p.login: p.state for p in staff.every(session, "new-clerk")} == {"new-clerk": accounts.OPENED}


def test_there_is_always_a_manager_and_nobody_closes_themself(house: House) -> None:
    manager, me = house.signed_in("manager"), PEOPLE["manager"][0]
    manager.get("/manage/people")
    for act in ({"act": "close"}, {"act": "role", "role": CLERK}):
        assert manager.post(f"/manage/people/{me}", act).status_code == 422
    with house.database.session() as session:
        other = accounts.create_staff(session, "manager-two", MANAGER, "管理乙", "m2@example.com", PASSWORD)
        staff.close(session, other, me)
        with pytest.raises(Exception, match="last manager"):
            staff.close(session, accounts.create_staff(session, "clerk-x", CLERK, "承辦", "x@example.com", PASSWORD), "manager-two")
        session.rollback()
    assert manager.get("/manage").status_code == 200


def test_an_account_that_was_closed_is_not_opened_again_by_a_stranger(house: House) -> None:
    with house.database.session() as session:
        accounts.create_staff(session, "10458614", "applicant", "停用商行", "closed@example.com", PASSWORD)
    manager = house.signed_in("manager")
    manager.get("/manage/people?q=10458614")
    told = manager.post("/manage/people/10458614", {"act": "close"}).text
    assert "已停用。" in told
    assert "登入中的也已登出" not in told, "nobody was signed in"
    with house.database.session() as session:
        accounts.open_account(session, "10458614", "thief@example.com")
    house.signed_in("manager")
    with house.database.reading() as session:
        assert [(p.email, p.state) for p in staff.every(session, "10458614")] == [("closed@example.com", staff.CLOSED)]


def test_a_letter_is_changed_previewed_sent_and_set_back(house: House, read_case: str) -> None:
    manager = house.signed_in("manager")
    path, mine = "/manage/letters/reset-code", {"subject": "新主旨 {minutes}", "body": "代碼 {code}，請在 {minutes} 分內用。"}
    manager.get(path)
    shown = manager.post(path, mine | {"act": "preview"}).text
    assert "代碼 012345，請在 15 分內用。" in shown
    for wrong in ({"body": "沒有代碼"}, {"body": "{code} {password}"}, {"body": ""}, {"subject": ""}):
        assert manager.post(path, mine | wrong | {"act": "keep"}).status_code == 422
    assert "<textarea" in manager.page
    assert manager.post(path, mine | {"act": "keep"}).status_code == 200
    with house.database.session() as session:
        accounts.create_staff(session, "10458603", "applicant", "信件商行", "letter@example.com", PASSWORD)
        accounts.start_reset(session, "10458603")
    wait(lambda: len(letters(house, "letter@example.com")) == 1)
    assert re.fullmatch(r"代碼 \d{6}，請在 15 分內用。\s*", letters(house, "letter@example.com")[0])
    manager.post(path, {"act": "reset"})
    with house.database.session() as session:
        accounts.start_reset(session, "10458603")
    wait(lambda: len(letters(house, "letter@example.com")) == 2)
    assert "您的驗證碼是" in letters(house, "letter@example.com")[1]
    assert manager.get(path).text.count("manager-w") == 2


def test_the_rules_page_says_what_is_in_force_today(house: House) -> None:
    page = house.signed_in("manager").get("/manage/rules").text
    for shown in ("green-giant", "條規則", "F10", "115、116", "已經截止"):
        assert shown in page


def test_settings_are_shown_and_secrets_are_not(house: House) -> None:
    settings = house.settings.model_copy(update={"smtp_password": SecretStr("hush-hush"),
                                                 "database_url": "postgresql+psycopg://shouwen:very-secret@db/shouwen"})
    shown = {s.variable: s for s in manage.shown(settings)}
    assert not any("hush" in s.value or "very-secret" in s.value for s in shown.values())
    assert shown["SHOUWEN_SMTP_PASSWORD"].value
    assert shown["SHOUWEN_DATABASE_URL"].value.startswith("postgresql+psycopg://shouwen:***@db")
    assert shown["SHOUWEN_SMTP_PASSWORD"].given
    assert not shown["SHOUWEN_SMTP_PORT"].given
    assert all(s.meaning for s in shown.values())


def test_health_tells_of_the_worker_and_of_what_is_missing(house: House, read_case: str) -> None:
    page = house.signed_in("manager").get("/manage").text
    assert "運作中" in page
    assert "沒有設定寄信伺服器" in page
    assert "rapidocr" in page
    assert "最近" in page


def test_without_a_worker_the_page_says_what_to_do(house: House, tmp_path: Path) -> None:
    settings = house.settings.model_copy(update={"data_dir": tmp_path / "idle"})
    app = create_app(settings)
    with app.state.service.database.reading() as session:
        found = health.health(session, settings)
    app.state.service.database.close()
    assert found.workers == ()
    assert any(w.bad and "工作程序" in w.what and w.do for w in found.warnings)


def test_every_page_of_the_desk_is_in_the_log(house: House) -> None:
    manager = house.signed_in("manager")
    for path in PAGES:
        manager.get(path)
    seen = {x["record"] for x in house.api("auditor").get("/audit", params={"record": "manage/"}).json()}
    assert {f"manage/{p}" for p in ("health", "people", "rules", "keeping", "rights", "letters", "settings")} <= seen
