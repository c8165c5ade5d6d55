"""An account is a 統一編號 opened with an e-mailed code; a log-in is a cookie that scripts and other sites cannot use."""

from __future__ import annotations

import re

from house import PASSWORD, PEOPLE, House, letters, wait

from intake.people import accounts
from intake.web.account import CONSENT_VERSION

NEW = "10458596"


def mailed_code(house: House, recipient: str) -> str:
    """The newest code that was mailed to ``recipient``."""

    def codes() -> list[str]:
        return [c for text in letters(house, recipient) for c in re.findall(r"\b\d{6}\b", text)]

    wait(lambda: bool(codes()))
    return codes()[-1]


def test_an_account_opens_with_a_mailed_code_and_signs_in(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/open")
    visitor.post("/open", {"ubn": NEW, "email": "new@example.com", "agree": CONSENT_VERSION})
    assert 'action="/open/code"' in visitor.page
    code = mailed_code(house, "new@example.com")
    weak = visitor.post("/open/code", {"login": NEW, "code": code, "password": "weakpassword"})
    assert weak.status_code == 422
    assert "大寫英文字母" in weak.text
    done = visitor.post("/open/code", {"login": NEW, "code": code, "password": PASSWORD})
    assert done.url.path == "/cases"
    again = house.visitor().sign_in(NEW)
    assert "還沒有案件" in again.page


def test_no_account_without_consent_or_with_a_wrong_number(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/open")
    assert visitor.post("/open", {"ubn": NEW, "email": "x@example.com"}).status_code == 422
    wrong = visitor.post("/open", {"ubn": "12345678", "email": "x@example.com", "agree": CONSENT_VERSION})
    assert wrong.status_code == 422
    assert "統一編號" in wrong.text
    assert "org.uniform_no" not in wrong.text


def test_a_wrong_code_opens_nothing(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/open/code")
    answer = visitor.post("/open/code", {"login": "10458591", "code": "000000", "password": PASSWORD})
    assert answer.status_code == 422
    assert "驗證碼不對" in answer.text


def test_a_forgotten_password_is_set_anew_and_ends_other_log_ins(house: House) -> None:
    with house.database.session() as session:
        accounts.create_staff(session, "10458592", "applicant", "忘記商行", "forgot@example.com", PASSWORD)
    before = house.visitor().sign_in("10458592")
    visitor = house.visitor()
    visitor.get("/reset")
    visitor.post("/reset", {"login": "10458592"})
    code = mailed_code(house, "forgot@example.com")
    answer = visitor.post("/reset/code", {"login": "10458592", "code": code, "password": "New-Horse-10"})
    assert answer.url.path == "/cases"
    assert before.get("/cases").url.path == "/login"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/login")
    visitor.client.follow_redirects = False
    answer = visitor.post("/login", {"login": PEOPLE["shop"][0], "password": PASSWORD, "next": ""})
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("shouwen="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_signing_out_ends_the_log_in_on_the_server(house: House) -> None:
    visitor = house.signed_in("shop")
    kept = dict(visitor.client.cookies)
    visitor.post("/logout")
    thief = house.visitor()
    thief.client.cookies.update(kept)
    assert thief.get("/cases").url.path == "/login"


def test_guessing_is_slowed_down(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/login")
    answers = [visitor.post("/login", {"login": "10458599", "password": "Wrong-Horse-1"}).status_code for _ in range(7)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_after_signing_in_one_stays_on_this_site(house: House) -> None:
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        visitor = house.visitor()
        visitor.get("/login")
        answer = visitor.post("/login", {"login": PEOPLE["shop"][0], "password": PASSWORD, "next": elsewhere})
        assert answer.url.host == "127.0.0.1"
        assert answer.url.path == "/cases"
