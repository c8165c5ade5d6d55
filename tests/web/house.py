"""A running service and people who visit it, as the tests of the web use them."""

from __future__ import annotations

import email
import email.policy
import json
import re
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
from sqlalchemy import update

from intake import clock
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER
from intake.settings import Settings
from intake.store import repository
from intake.store.database import Database
from intake.store.tables import Mail
from intake.web.account import CONSENT_VERSION

ROOT = Path(__file__).resolve().parents[2]
START = Path(__file__).with_name("start.py")
DOCUMENTS = ROOT / "fixtures" / "documents"
PASSWORD = "Right-Horse-9"
PEOPLE = {"shop": ("10458574", APPLICANT, "測試股份有限公司"), "rival": ("10458575", APPLICANT, "另一家有限公司"),
          "clerk": ("clerk-w", CLERK, "承辦甲"), "clerk-two": ("clerk-v", CLERK, "承辦乙"), "auditor": ("auditor-w", AUDITOR, "稽核甲"),
          "manager": ("manager-w", MANAGER, "管理甲")}


def sample(name: str) -> Path:
    """The file of a committed sample paper."""
    folder = next(DOCUMENTS.glob(f"*/{name}"))
    return next(f for f in folder.iterdir() if f.suffix not in (".json", ".md"))


FORM, LETTER, HEADCOUNT = "reg-shares-change-q0", "letter-company-q0", "headcount-q0"
"""Papers with a text layer: read in a moment, so that most tests need no OCR. The letter is another company's than the form."""


REGISTERED = {"Business_Accounting_NO": "10458574", "Company_Status_Desc": "核准設立", "Company_Name": "測試股份有限公司",
              "Capital_Stock_Amount": "80000000", "Paid_In_Capital_Amount": "50,000,000", "Responsible_Name": "林O晨",
              "Company_Location": "臺北市信義區松仁路1號", "Company_Setup_Date": "0970516", "Change_Of_Approval_Data": "1130905"}
"""What the company register says of the shop."""


def register(reply: bytes) -> ThreadingHTTPServer:
    """A public register on this machine that gives the same reply to every question."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass
class Visitor:
    """Somebody with a browser without scripts: keeps cookies, finds the token of the form it sends."""

    client: httpx.Client
    login: str = ""
    page: str = field(default="", repr=False)

    def get(self, path: str, **more: Any) -> httpx.Response:
        answer = self.client.get(path, **more)
        self.page = answer.text if "text/html" in answer.headers.get("content-type", "") else self.page
        return answer

    @property
    def token(self) -> str:
        found = re.search(r'name="form-token" content="(\w+)"', self.page)
        assert found, "the page has no form token"
        return found[1]

    @property
    def version(self) -> str:
        found = re.search(r'name="version" value="(\d+)"', self.page)
        assert found, "the page has no form with a version"
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        answer = self.client.post(path, data={"token": self.token} | (data or {}), **more)
        self.page = answer.text if "text/html" in answer.headers.get("content-type", "") else self.page
        return answer

    def sign_in(self, login: str) -> Visitor:
        self.login = login
        self.get("/login")
        answer = self.post("/login", {"login": login, "password": PASSWORD, "next": "/"})
        assert answer.status_code == 200, answer.text
        return self

    def new_case(self, programme: str = "green-giant", *, consent: bool = True) -> str:
        self.get("/cases/new")
        number = self.post("/cases/new", {"programme": programme}).url.path.split("/")[2]
        if consent:
            assert self.post(f"/cases/{number}/consent", {"agree": CONSENT_VERSION}).url.path.endswith(("/papers", "/questions"))
        return number

    def upload(self, number: str, *files: tuple[str, bytes], as_json: bool = False) -> httpx.Response:
        self.get(f"/cases/{number}/papers")
        return self.post(f"/cases/{number}/papers", files=[("file", (name, data, "application/octet-stream")) for name, data in files],
                         headers={"accept": "application/json"} if as_json else {})


def plain() -> httpx.HTTPTransport:
    """A transport without certificates: none are needed here, and loading them takes longer than a call."""
    return httpx.HTTPTransport(verify=False)


@dataclass
class House:
    """The running service."""

    url: str
    settings: Settings
    database: Database
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]

    def visitor(self) -> Visitor:
        return Visitor(httpx.Client(base_url=self.url, timeout=60, follow_redirects=True, transport=plain()))

    def signed_in(self, who: str) -> Visitor:
        return self.visitor().sign_in(PEOPLE[who][0])

    def api(self, who: str) -> httpx.Client:
        client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=60, transport=plain())
        answer = client.post("/sessions", json={"login": PEOPLE[who][0], "password": PASSWORD})
        client.headers["authorization"] = f"Bearer {answer.json()['token']}"
        return client

    def read_case(self, who: str = "shop", papers: tuple[str, ...] = (FORM,), programme: str = "green-giant") -> str:
        """A case of ``who`` whose papers have been read and decided."""
        visitor = self.signed_in(who)
        number = visitor.new_case(programme)
        visitor.upload(number, *((sample(p).name, sample(p).read_bytes()) for p in papers))
        self.settle(number)
        return number

    def settle(self, number: str) -> None:
        """Wait until nothing of the case waits any more and it has been decided. Asks the store, so that no look is logged."""

        def done() -> bool:
            assert self.worker.poll() is None, "the worker has ended"
            with self.database.reading() as session:
                at = repository.progress(session, repository.case(session, number).id)
                return bool(at.outcome) and not at.working

        wait(done)


def wait(true: Callable[[], bool], seconds: float = 300.0) -> None:
    """Until ``true``; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def is_up(url: str, started: list[subprocess.Popen[bytes]], log: Path) -> bool:
    assert all(p.poll() is None for p in started), log.read_text()
    try:
        return httpx.get(f"{url}/login", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream: kind and data."""
    return [(m[1], json.loads(m[2])) for m in re.finditer(r"event: (\w+)\ndata: (.*)\n", text)]


def hurry(house: House) -> None:
    """What waits in the outbox may leave now: a letter waits as long as what it tells of can be taken back."""
    with house.database.session() as session:
        session.execute(update(Mail).where(Mail.sent_at.is_(None), Mail.tries == 0).values(next_at=clock.now()))


def letters(house: House, recipient: str = "") -> list[str]:
    """The texts of the letters that have left, oldest first; ``recipient``: only those to that address."""
    out = []
    for path in sorted(house.settings.mail_dir.glob("*.eml"), key=lambda p: p.stat().st_mtime):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = letter.get_body()
        if body is not None and recipient in ("", letter["To"]):
            out.append(str(body.get_content()))
    return out
