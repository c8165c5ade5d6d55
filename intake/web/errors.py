"""Errors become answers here and nowhere else: JSON under ``/api/``, a page everywhere else."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from domain.errors import (
    BadValue,
    DefinitionError,
    FormNotFilled,
    LogBroken,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OldForm,
    ReadRefused,
    ShouwenError,
    Stale,
    Stopped,
    TooManyTries,
    UsageError,
    WeakPassword,
    WrongCode,
    WrongSignIn,
)
from intake.people import audit
from intake.people.person import Person
from intake.web import render, values
from intake.web.door import peeking, visiting

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[ShouwenError], int, str], ...] = (
    (NotSignedIn, 401, "not_signed_in"),
    (WrongSignIn, 401, "wrong_sign_in"),
    (OldForm, 403, "old_form"),
    (NotAllowed, 403, "not_allowed"),
    (NotFound, 404, "not_found"),
    (Stopped, 409, "stopped"),
    (Stale, 409, "stale"),
    (LogBroken, 409, "log_broken"),
    (UsageError, 422, "usage"),
    (WrongCode, 422, "wrong_code"),
    (WeakPassword, 422, "weak_password"),
    (ReadRefused, 422, "refused"),
    (TooManyTries, 429, "too_many_tries"),
    (FormNotFilled, 500, "form_not_filled"),
    (DefinitionError, 500, "definition"),
    (ShouwenError, 500, "internal"),
)
"""Class, HTTP status, code; the first that fits."""

SENTENCES = {
    400: "送來的內容讀不懂，請重新整理後再試一次。", 401: "請先登入。", 403: "您的帳號沒有這項權限，需要時請洽管理人員。",
    404: "找不到這個網頁，可能已移除或網址有誤。", 405: "這個網址不能這樣使用，請從頁面上的按鈕操作。",
    413: "一次傳送的檔案太大，請分次上傳。", 422: "填寫的內容格式不符，請修改後再送出。",
    500: "系統發生問題，剛才送出的內容可能沒有存到，其餘資料都在；請稍後再試，或告訴我們發生的時間。",
}


def sentence(error: ShouwenError) -> str:
    """The sentence for people; a wrong value is named by its label instead of its field id."""
    if isinstance(error, BadValue):
        wanted = error.zh.partition("應為：")[2] or error.zh
        return f"「{values.label(error.field)}」應為：{wanted}"
    return error.zh


def place(error: ShouwenError) -> tuple[int, str]:
    """Status and code of an error; a refused file says its own code of READING."""
    status, code = next((s, c) for kind, s, c in STATUS if isinstance(error, kind))
    return status, error.code if isinstance(error, ReadRefused) else code


def register(app: FastAPI) -> None:
    app.add_exception_handler(ShouwenError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _ill_formed)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ShouwenError)
    status, code = place(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s: %s", request.method, request.url.path, error)
    if isinstance(error, NotAllowed):
        _remember(request, error)
    if isinstance(error, NotSignedIn) and not _api(request) and request.method == "GET":
        return RedirectResponse(f"/login?next={quote(_here(str(request.url)))}", status_code=303)
    headers = {"Retry-After": str(error.wait_seconds)} if isinstance(error, TooManyTries) else {}
    return say(request, status, code, sentence(error), headers, _changed(request, error) if isinstance(error, Stale) else "")


def _changed(request: Request, error: Stale) -> str:
    """What was saved meanwhile; who reads it is not told of by name what was saved in another tab of their own."""
    who = _who(request, HTTPStatus.CONFLICT)
    return re.sub(rf"(^|、){re.escape(who.name)} 於 ", r"\1您於 ", error.changed) if who else error.changed


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = SENTENCES.get(error.status_code, SENTENCES[400])
    return say(request, error.status_code, _code(error.status_code), words, dict(error.headers or {}))


def _ill_formed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = "、".join(sorted({str(e["loc"][-1]) for e in error.errors()}))
    return say(request, 422, "usage", f"{SENTENCES[422]}（{names}）")


def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return say(request, 500, "internal", SENTENCES[500])


def say(request: Request, status: int, code: str, sentence: str, headers: dict[str, str] | None = None, changed: str = "") -> Response:
    """One error as the asker can take it. ``changed``: what was saved since the asker's page was made."""
    if _api(request):
        body = {"error": {"code": code, "message": sentence}}
        return JSONResponse(body, status, headers)
    page = "told.html" if request.headers.get("hx-request") == "true" else "error.html"
    out = render.answer(request, page, status, who=_who(request, status), code=status, sentence=sentence, back=_back(request),
                        changed=changed)
    out.headers.update(headers or {})
    return out


def _here(address: str) -> str:
    """The path of an address and what is asked there."""
    at = urlsplit(address)
    return at.path + (f"?{at.query}" if at.query else "")


def _back(request: Request) -> str:
    """The page of ours from which the request came; "" where it did not come from one."""
    came = request.headers.get("hx-current-url") or request.headers.get("referer", "")
    if urlsplit(came).netloc != request.url.netloc or (request.method == "GET" and _here(came) == _here(str(request.url))):
        return ""
    return _here(came)


def _remember(request: Request, error: NotAllowed) -> None:
    """A refusal is a line in the log, although what was tried is rolled back."""
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ") if _api(request) else None
    with visiting(request, bearer) as visit:
        if visit.guest:
            visit.record(audit.REFUSE, request.url.path.lstrip("/")[:120], why=error.action)


def _who(request: Request, status: int) -> Person | None:
    """Who is here, for the head of the page; nobody where the database itself may be what failed."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    with peeking(request) as visit:
        return visit.guest


def _api(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", "")


def _code(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "_")
