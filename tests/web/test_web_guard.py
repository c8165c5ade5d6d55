"""Who may see and do what; what every answer carries; forms of other sites are refused."""

from __future__ import annotations

import re
import socket

import pytest
from house import House

from intake.web.security import BODY_MAX, CONTENT_POLICY

OWN = ("", "/papers", "/papers/list", "/check", "/questions", "/result", "/forms", "/events", "/consent", "/bundle.zip", "/forms/F10.pdf")


@pytest.mark.parametrize("page", OWN)
def test_an_applicant_finds_no_case_of_another(house: House, read_case: str, page: str) -> None:
    assert house.signed_in("rival").get(f"/cases/{read_case}{page}").status_code == 404


def test_the_papers_of_another_are_not_found_either(house: House, read_case: str) -> None:
    rival, owner = house.api("rival"), house.api("shop")
    paper = owner.get(f"/cases/{read_case}/papers").json()[0]["id"]
    for path in (f"/papers/{paper}/reading", f"/papers/{paper}/file", f"/papers/{paper}/pages/1.webp"):
        assert owner.get(path).status_code == 200
        assert rival.get(path).status_code == 404
    for path in ("", "/facts", "/decision", "/readings", "/entries", "/forms", "/papers"):
        assert rival.get(f"/cases/{read_case}{path}").status_code == 404
    assert house.signed_in("rival").get(f"/papers/{paper}/pages/1.webp").status_code == 404


@pytest.mark.parametrize(("who", "path"), [
    ("shop", "/desk"), ("shop", "/audit"), ("shop", "/audit/export.csv"), ("shop", "/audit/value"), ("clerk", "/audit"),
    ("clerk", "/cases"), ("clerk", "/cases/new"), ("auditor", "/desk"), ("auditor", "/cases"),
])
def test_each_role_has_its_own_desk(house: House, who: str, path: str) -> None:
    assert house.signed_in(who).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/cases", "/desk", "/audit", "/cases/1150101-0001/papers", "/papers/1/file", "/papers/1/pages/1.webp"])
def test_without_signing_in_there_is_only_the_door(house: House, path: str) -> None:
    assert house.visitor().get(path).url.path == "/login"


def test_the_auditor_changes_nothing(house: House, read_case: str) -> None:
    api = house.api("auditor")
    tries = [api.post(f"/cases/{read_case}/entries", json={"version": 0, "values": {"contact.name": "某人"}}),
             api.post(f"/cases/{read_case}/submit", json={"version": 0}), api.post(f"/cases/{read_case}/forms"),
             api.post("/cases", json={"programme": "green-giant"})]
    assert [t.status_code for t in tries] == [403] * len(tries)
    auditor = house.signed_in("auditor")
    auditor.get("/audit")
    assert auditor.post(f"/desk/cases/{read_case}/notes", {"text": "改"}).status_code == 403


def test_a_clerk_changes_no_case_before_it_is_sent_in(house: House, read_case: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{read_case}")
    tried = clerk.post(f"/desk/cases/{read_case}/facts", {"field": "org.name", "value": "別的", "seen": "", "version": "0"})
    assert tried.status_code == 403


def test_a_form_needs_its_own_token(house: House) -> None:
    visitor, other = house.signed_in("shop"), house.signed_in("rival")
    for token in ("", "0" * 64, other.token):
        answer = visitor.client.post("/cases/new", data={"token": token, "programme": "green-giant"})
        assert answer.status_code == 403
    assert visitor.client.post("/logout", data={}).status_code == 403
    assert visitor.get("/cases").status_code == 200


def test_a_form_from_another_site_is_refused_even_with_its_token(house: House) -> None:
    visitor = house.signed_in("shop")
    answer = visitor.post("/cases/new", {"programme": "green-giant"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_refusal_is_in_the_log(house: House) -> None:
    house.signed_in("shop").get("/audit/export.csv")
    house.api("shop").get("/audit")
    lines = house.api("auditor").get("/audit", params={"record": ""}).json()
    refused = [(x["who"], x["record"]) for x in lines if x["action"] == "拒絕"]
    assert ("10458574", "audit/export.csv") in refused
    assert ("10458574", "api/v1/audit") in refused


def test_a_page_that_is_not_there_still_knows_who_asks(house: House) -> None:
    answer = house.signed_in("shop").get("/cases/no-such-case")
    assert answer.status_code == 404
    assert "登出" in answer.text


def test_the_api_takes_no_cookie(house: House) -> None:
    visitor = house.signed_in("shop")
    answer = visitor.client.get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_signed_in"


def test_every_answer_carries_the_headers(house: House) -> None:
    visitor = house.signed_in("shop")
    for path in ("/cases", "/static/app.css", "/api/v1/programmes", "/no-such-page"):
        headers = visitor.client.get(path).headers
        assert headers["content-security-policy"] == CONTENT_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert visitor.client.get("/cases").headers["cache-control"] == "no-store"


def test_no_page_has_inline_script_or_style_or_asks_another_site(house: House, read_case: str) -> None:
    seen, steps = 0, ("consent", "papers", "check", "questions", "result", "forms")
    for who, paths in (("shop", ["/cases", "/cases/new", "/privacy", "/api", *(f"/cases/{read_case}/{s}" for s in steps)]),
                       ("clerk", ["/desk", f"/desk/cases/{read_case}"]),
                       ("auditor", ["/audit", f"/audit/value?case={read_case}&field=org.name"])):
        visitor = house.signed_in(who)
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code == 200, path
            page = answer.text
            assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:", page), path
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), path
            assert page.count("<h1") == 1, path
            assert len(page.encode()) < 150_000, path
            seen += 1
    assert seen == 14


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(house: House) -> None:
    head = "POST /cases/new HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
    with socket.create_connection(("127.0.0.1", house.settings.port), timeout=30) as line:
        line.sendall(f"{head}Content-Length: {BODY_MAX + 1}\r\n\r\n".encode())
        assert line.recv(200).startswith(b"HTTP/1.1 413")


def test_a_wrong_log_in_is_in_the_log_without_the_password(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/login")
    visitor.post("/login", {"login": "nobody-here", "password": "Secret-Word-1"})
    log = house.signed_in("auditor").get("/audit?record=account/nobody-here").text
    assert "拒絕" in log
    assert "Secret-Word-1" not in log
