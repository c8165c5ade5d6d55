"""What every answer carries and every request must bring: headers, the size of a body, the token of a form.

A form's token is HMAC-SHA-256 over a random value in the visitor's own cookie and their session, so that another site, which can make
a browser send our cookies, cannot send a form in their name. The API takes a bearer token and no cookie, and needs none of this.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import NotAllowed, NotSignedIn, OldForm

SESSION_COOKIE = "shouwen"
VISIT_COOKIE = "visit"
FIELD, HEADER = "token", "x-form-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_TO_ALL = ("/login", "/logout", "/open", "/reset")
"""Where forms are sent without a log-in."""
BODY_MAX = 320 * 1024 * 1024
"""Largest request body: six files of the largest size and the form around them."""

CONTENT_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
                  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'")
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Headers:
    """Adds the security headers; what is not static is private and is asked for anew each time unless the page says otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, dressed)


class TooLong(Exception):
    """A request body that grew beyond BODY_MAX."""


class BodyLimit:
    """Answers 413 to a body that is declared, or turns out, to be larger than ``most`` bytes."""

    def __init__(self, app: ASGIApp, most: int = BODY_MAX) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.most:
            await self._refuse(send)
            return
        had, answered = 0, False

        async def counted() -> Message:
            nonlocal had
            message = await receive()
            had += len(message.get("body", b""))
            if had > self.most:
                raise TooLong
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLong:
            if not answered:
                await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        body = "一次傳送的檔案太大，請分次上傳，每個檔案不超過 50 MB。".encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def new_visit() -> str:
    return secrets.token_urlsafe(24)


def form_token(key: bytes, visit: str, session: str) -> str:
    """The token that a form of this visitor must carry."""
    return hmac.new(key, f"form\0{visit}\0{session}".encode(), hashlib.sha256).hexdigest()


async def guard(request: Request) -> None:
    """For every page route: an unsafe request must carry the form's token, and must not come from another site. Raises NotAllowed;
    NotSignedIn where the log-in's cookie has ended since the page was opened."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed("a form from another site")
    given = request.headers.get(HEADER) or str((await request.form()).get(FIELD, ""))
    visit = request.cookies.get(VISIT_COOKIE, "")
    wanted = form_token(request.app.state.service.key, visit, request.cookies.get(SESSION_COOKIE, ""))
    if visit and hmac.compare_digest(given, wanted):
        return
    if visit and given and SESSION_COOKIE not in request.cookies and not request.url.path.startswith(OPEN_TO_ALL):
        raise NotSignedIn
    raise OldForm("a form without its token")
