"""Programs at the door: keys that act for their owner, and signed messages that arrive in the end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from house import FORM, PEOPLE, House, Visitor, plain, sample, wait

from intake import clock
from intake.people import audit
from intake.people.audit import AuditFilter
from intake.store.tables_machines import KeyRow
from intake.web.account import CONSENT_VERSION


def made(visitor: Visitor) -> str:
    found = re.search(r'id="made">([^<]+)<', visitor.page)
    assert found, visitor.page
    return found[1]


def key_of(house: House, who: str, scope: str = "write", name: str = "試驗程式") -> tuple[Visitor, str]:
    visitor = house.signed_in(who)
    visitor.get("/keys")
    assert visitor.post("/keys", {"name": name, "scope": scope, "days": "30"}).status_code == 200
    return visitor, made(visitor)


def program(house: House, key: str) -> httpx.Client:
    return httpx.Client(base_url=f"{house.url}/api/v1", timeout=60, transport=plain(), headers={"authorization": f"Bearer {key}"})


def test_a_key_acts_for_its_owner_and_the_log_tells_which(house: House) -> None:
    visitor, key = key_of(house, "shop")
    api = program(house, key)
    number = api.post("/cases", json={"programme": "green-giant", "consent": CONSENT_VERSION}).json()["number"]
    taken = api.post(f"/cases/{number}/papers", files={"file": ("表.pdf", sample(FORM).read_bytes())})
    assert taken.status_code == 202
    house.settle(number)
    assert api.get(f"/papers/{taken.json()['papers'][0]['id']}/pages/1.webp").status_code == 200
    with house.database.reading() as session:
        lines = audit.search(session, AuditFilter(record=f"case/{number}", action=audit.ADD))
        assert [(x.who, x.detail["key"]) for x in lines] == [(PEOPLE["shop"][0], key[:13])]
        assert session.query(KeyRow).filter(KeyRow.key_hash == hashlib.sha256(key.encode()).hexdigest()).one().used_at
    # another's case is as if it were not there
    rival = program(house, key_of(house, "rival")[1])
    assert rival.get(f"/cases/{number}").status_code == 404
    visitor.get("/keys")
    assert key not in visitor.page
    assert "最後使用" in visitor.page


def test_a_key_that_only_looks_changes_nothing(house: House) -> None:
    api = program(house, key_of(house, "shop", "read")[1])
    assert api.get("/cases").status_code == 200
    refused = api.post("/cases", json={"programme": "green-giant"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
    with house.database.reading() as session:
        assert audit.search(session, AuditFilter(action=audit.REFUSE))[0].detail["why"] == "a change with a key that only looks"


def test_a_revoked_or_old_key_opens_nothing_and_no_page_takes_one(house: House) -> None:
    visitor, key = key_of(house, "shop", name="要撤銷的")
    api = program(house, key)
    assert api.get("/cases").status_code == 200
    assert httpx.Client(base_url=house.url, cookies={"shouwen": key}, transport=plain(), timeout=60).get("/cases").status_code == 303
    visitor.get("/keys")
    numbers = re.findall(r'action="(/keys/\d+/revoke)"', visitor.page)
    stranger = house.signed_in("rival")
    stranger.get("/keys")
    assert stranger.post(numbers[0]).status_code == 404
    assert api.get("/cases").status_code == 200
    visitor.post(numbers[0])
    assert api.get("/cases").status_code == 401
    _, old = key_of(house, "shop", name="舊的")
    with house.database.session() as session:
        session.query(KeyRow).filter(KeyRow.name == "舊的").update({"expires_at": clock.now()})
    assert program(house, old).get("/cases").status_code == 401
    auditor = house.signed_in("auditor")
    assert auditor.get("/keys").status_code == 403


@dataclass
class Receiver:
    """A program that is told: every message with its headers; says 503 to the first ``busy``."""

    url: str
    busy: int = 0
    got: list[tuple[dict[str, str], bytes, int]] = field(default_factory=list)

    def of(self, kind: str) -> list[tuple[dict[str, str], bytes, int]]:
        return [g for g in self.got if json.loads(g[1])["type"] == kind]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = 503 if there.busy > 0 else 204
            there.busy -= 1
            there.got.append(({k.lower(): v for k, v in self.headers.items()}, body, status))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    there = Receiver(f"http://127.0.0.1:{server.server_port}/told")
    Thread(target=server.serve_forever, daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


def signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What a receiver does with a message, written from the specification alone."""
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    wanted = base64.b64encode(hmac.new(base64.b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and any(hmac.compare_digest(s, f"v1,{wanted}") for s in headers["webhook-signature"].split())


def test_messages_are_signed_tried_again_and_kept_in_the_log(house: House, receiver: Receiver) -> None:
    visitor = house.signed_in("shop")
    visitor.get("/hooks")
    visitor.post("/hooks", {"url": receiver.url, "events": ["paper.read", "case.decided", "case.state", "forms.filled"]})
    secret = made(visitor)
    receiver.busy = 1
    number = visitor.new_case()
    visitor.upload(number, ("表.pdf", sample(FORM).read_bytes()))
    house.settle(number)
    wait(lambda: bool(receiver.of("paper.read")) and receiver.of("paper.read")[-1][2] == 204 and bool(receiver.of("case.decided")))
    tries = receiver.of("paper.read") + receiver.of("case.decided")
    assert 503 in {status for _, _, status in tries}
    assert all(signed(secret, headers, body) for headers, body, _ in receiver.got)
    assert not signed(secret, tries[0][0], tries[0][1] + b" ")
    first = json.loads(receiver.of("paper.read")[0][1])
    assert first["data"] == {"case": number, "paper": first["data"]["paper"], "state": "read"}
    assert len({h["webhook-id"] for h, _, _ in receiver.of("paper.read")}) == 1
    page = visitor.get("/hooks").text
    hook = re.findall(r'href="(/hooks/\d+)"', page)[-1]
    shown = visitor.get(hook).text
    assert "送到了" in shown
    assert secret not in shown
    # nobody else sees it, or is told of this case
    rival = house.signed_in("rival")
    assert rival.get(hook).status_code == 404
    visitor.get(hook)
    visitor.post(hook, {"act": "ping"})
    wait(lambda: bool(receiver.of("ping")))
    visitor.post(hook, {"act": "remove"})
    assert visitor.get(hook).status_code == 404


def test_the_office_is_told_of_cases_that_were_sent_in_only(house: House, receiver: Receiver) -> None:
    clerk = house.signed_in("clerk")
    clerk.get("/hooks")
    clerk.post("/hooks", {"url": receiver.url, "events": ["case.state", "case.decided"]})
    hook = re.findall(r'action="(/hooks/\d+)"', clerk.page)[-1]
    shop = house.signed_in("shop")
    number = shop.new_case()
    shop.upload(number, ("表.pdf", sample(FORM).read_bytes()))
    house.settle(number)
    api = house.api("shop")
    assert api.post(f"/cases/{number}/submit", json={"version": api.get(f"/cases/{number}").json()["version"]}).status_code == 200
    wait(lambda: any(json.loads(b)["data"] == {"case": number, "state": "submitted"} for _, b, _ in receiver.of("case.state")))
    house.settle(number)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/take", {"version": clerk.version})
    clerk.get(hook)
    clerk.post(hook, {"act": "ping"})
    wait(lambda: bool(receiver.of("ping")))
    told = [json.loads(b)["data"] for _, b, _ in receiver.of("case.state") if json.loads(b)["data"]["case"] == number]
    assert told == [{"case": number, "state": "submitted"}]
    assert all(json.loads(b)["data"]["case"] != number or json.loads(b)["timestamp"] for _, b, _ in receiver.of("case.decided"))
    clerk.post(hook, {"act": "remove"})


def test_an_address_that_cannot_be_one_is_refused_with_a_reason(house: House) -> None:
    visitor = house.signed_in("shop")
    visitor.get("/hooks")
    for url in ("ftp://example.com/x", "https://user:pass@example.com/", "javascript:alert(1)", "https://", "https://exa mple.com"):
        answer = visitor.post("/hooks", {"url": url, "events": ["paper.read"]})
        assert answer.status_code == 422, url
        assert "開頭" in answer.text
    assert visitor.post("/hooks", {"url": "https://example.com/x"}).status_code == 422


def test_keys_are_made_listed_and_revoked_by_a_program_that_logged_in(house: House) -> None:
    logged_in = house.api("shop")
    for wrong in ({"scope": "all"}, {"days": 31}, {"name": " "}, {"days": "soon"}):
        assert logged_in.post("/keys", json={"name": "ERP", "scope": "write", "days": 90} | wrong).status_code == 422
    made = logged_in.post("/keys", json={"name": "ERP", "scope": "write", "days": 90})
    assert made.status_code == 201
    key, number = made.json()["key"], made.json()["id"]
    listed = next(k for k in logged_in.get("/keys").json() if k["id"] == number)
    assert listed == {k: v for k, v in made.json().items() if k != "key"}
    by_key = program(house, key)
    assert by_key.get("/cases").status_code == 200
    assert by_key.post("/keys", json={"name": "二", "scope": "write", "days": 90}).status_code == 403
    assert house.api("rival").delete(f"/keys/{number}").status_code == 404
    assert by_key.delete(f"/keys/{number}").status_code == 204
    assert by_key.get("/cases").status_code == 401
    assert house.api("auditor").post("/keys", json={"name": "ERP", "scope": "read", "days": 90}).status_code == 403


def test_addresses_are_looked_after_by_a_program(house: House, receiver: Receiver) -> None:
    api = program(house, key_of(house, "shop")[1])
    only_looks = program(house, key_of(house, "shop", "read")[1])
    wanted = {"url": receiver.url, "events": ["case.state"]}
    assert only_looks.post("/hooks", json=wanted).status_code == 403
    assert api.post("/hooks", json=wanted | {"events": ["all"]}).status_code == 422
    assert api.post("/hooks", json=wanted | {"url": "ftp://example.com"}).status_code == 422
    made = api.post("/hooks", json=wanted)
    assert made.status_code == 201
    number, secret = made.json()["id"], made.json()["secret"]
    assert secret.startswith("whsec_")
    shown = api.get(f"/hooks/{number}").json()
    assert {"secret", "salt", "account_id"}.isdisjoint(shown)
    assert shown["deliveries"] == []
    assert api.post(f"/hooks/{number}", json={"act": "ping"}).status_code == 200
    wait(lambda: api.get(f"/hooks/{number}").json()["deliveries"][0]["state"] == "sent")
    told = api.get(f"/hooks/{number}").json()["deliveries"][0]
    assert api.post(f"/hooks/{number}/deliveries/{told['id']}").status_code == 202
    wait(lambda: api.get(f"/hooks/{number}").json()["deliveries"][0]["tries"] == 1)
    assert api.post(f"/hooks/{number}/deliveries/999999").status_code == 404
    assert api.post(f"/hooks/{number}", json={"act": "secret"}).json()["secret"] != secret
    assert api.post(f"/hooks/{number}", json={"act": "off"}).json()["state"] == "off"
    assert api.post(f"/hooks/{number}", json={"act": "explode"}).status_code == 422
    other = house.api("rival")
    for refused in (other.get(f"/hooks/{number}"), other.post(f"/hooks/{number}", json={"act": "on"}), other.delete(f"/hooks/{number}")):
        assert refused.status_code == 404
    assert api.delete(f"/hooks/{number}").status_code == 204
    assert number not in [h["id"] for h in api.get("/hooks").json()]
