"""No message to a program leads into the office's own network, and none holds the worker up."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from self_signed import certificate
from sqlalchemy import select, update

from domain.errors import UsageError
from intake import clock
from intake.people import accounts, keys
from intake.people.person import Person
from intake.settings import Settings
from intake.store import hooks, repository
from intake.store.database import Database
from intake.store.tables import Account, Mail
from intake.store.tables_machines import DeliveryRow
from intake.work import hooks as sending
from intake.work import reach

INSIDE = ("127.0.0.1", "10.0.0.8", "172.16.5.5", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255",
          "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001::1", "ff02::1", "::")


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_never_public(address: str) -> None:
    assert not reach.is_public(address)
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(reach.NotReached):
        reach.resolve(f"https://{host}/x")


@given(st.ip_addresses(v=4))
def test_what_is_not_global_is_not_public(ip: ipaddress.IPv4Address) -> None:
    assert not (reach.is_public(str(ip)) and not ip.is_global)
    assert reach.is_public(f"::ffff:{ip}") is reach.is_public(str(ip))


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_usage_error(text: str) -> None:
    try:
        parts = reach.check(text)
    except UsageError:
        return
    assert parts.scheme == "https"
    assert parts.hostname


@pytest.fixture
def drip() -> Iterator[str]:
    """A server that answers one byte at a time and never comes to an end."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                there, _ = listener.accept()
            except OSError:
                return
            try:
                there.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
                for _ in range(200):
                    time.sleep(0.05)
                    there.sendall(b"a")
            except OSError:
                there.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    listener.close()


def test_an_answer_in_drips_is_cut_off(drip: str) -> None:
    begin = time.monotonic()
    with pytest.raises(reach.NotReached):
        reach.post(drip, b"{}", {}, 0.5, private=True)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_message_that_never_arrives_is_given_up_and_its_owner_told(database: Database, settings: Settings, clerk: Person) -> None:
    allowed = settings.model_copy(update={"hook_private": True, "hook_seconds": 1.0})
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with database.session() as session:
        hook = hooks.add(session, clerk, url, (hooks.PAPER_READ,))
        hooks.ping(session, hook.id, clerk)
    pauses = []
    for _ in range(sending.MOST_TRIES):
        assert sending.deliver(database, allowed) == 0
        with database.session() as session:
            letter = hooks.deliveries(session, hook.id)[0]
            pauses.append(letter.next_at - clock.now())
            session.execute(update(DeliveryRow).values(next_at=clock.now()))
    assert all(a * 3 < b for a, b in zip(pauses[1:], pauses[2:], strict=False))
    assert timedelta(hours=24) > pauses[-2] > timedelta(hours=20)
    with database.reading() as session:
        assert (letter.state, letter.tries) == (hooks.FAILED, sending.MOST_TRIES)
        assert hooks.hook(session, hook.id, clerk).state == hooks.OFF
        assert [m.recipient for m in session.scalars(select(Mail))] == [clerk.email]
    with database.session() as session:
        hooks.again(session, letter.id, clerk)
    # turned off, it is left alone
    assert sending.deliver(database, allowed) == 0
    with database.reading() as session:
        assert hooks.deliveries(session, hook.id)[0].tries == 0


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An https server on this machine, and the certificate that one has to trust for it."""
    cert, key = certificate(tmp_path)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(307 if self.path == "/moved" else 200)
            self.send_header("Location", "https://localhost/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}", cert
    server.shutdown()
    server.server_close()


def test_https_needs_a_certificate_that_is_trusted_for_that_name(secured: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    url, cert = secured
    with pytest.raises(reach.NotReached, match="憑證"):
        reach.post(f"{url}/", b"{}", {}, 10, private=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert reach.post(f"{url}/", b"{}", {}, 10, private=True) == 200
    assert reach.post(f"{url}/moved", b"{}", {}, 10, private=True) == 307
    with pytest.raises(reach.NotReached, match="憑證"):
        reach.post(url.replace("localhost", "127.0.0.1") + "/", b"{}", {}, 10, private=True)


def test_a_message_is_claimed_by_one_and_free_again_when_that_one_dies(database: Database, clerk: Person) -> None:
    with database.session() as session:
        hook = hooks.add(session, clerk, "https://example.com/", (hooks.PAPER_READ,))
        hooks.ping(session, hook.id, clerk)
    # claimed and committed, and then the worker is killed before it has sent anything
    with database.session() as session:
        assert sending.claim(session) is not None
    with database.session() as session:
        assert sending.claim(session) is None
        session.execute(update(DeliveryRow).values(next_at=clock.now()))
    with database.session() as session:
        found = sending.claim(session)
        assert found is not None
        assert found[0].tries == 2


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_whose_account_is_closed_is_told_nothing_and_whose_key_it_is_comes_in_no_more(database: Database, settings: Settings,
                                                                                      applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        hook = hooks.add(session, clerk, "https://127.0.0.1:1/", (hooks.STATE,))
        hooks.ping(session, hook.id, clerk)
        _, key = keys.make(session, clerk, "報表", keys.READ, 30)
        assert keys.holder_of(session, key) is not None
        session.execute(update(Account).where(Account.id == clerk.id).values(state=accounts.CLOSED))
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "f11-108")
        repository.submit(session, case.id, 0)
        assert [d.kind for d in hooks.deliveries(session, hook.id)] == [hooks.PING]
        assert keys.holder_of(session, key) is None
    assert sending.deliver(database, settings) == 0
    with database.reading() as session:
        assert hooks.deliveries(session, hook.id)[0].tries == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_private_address_is_not_called_unless_the_operator_allows_it(database: Database, settings: Settings, clerk: Person) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.5)
        with database.session() as session:
            hook = hooks.add(session, clerk, f"https://127.0.0.1:{inside.getsockname()[1]}/", (hooks.PAPER_READ,))
            hooks.ping(session, hook.id, clerk)
        assert sending.deliver(database, settings) == 0
        with pytest.raises(TimeoutError):
            inside.accept()
    with database.reading() as session:
        assert "內部網路" in hooks.deliveries(session, hook.id)[0].error
