"""Mail leaves once it is meant: into a folder, or to a real SMTP server, and again when the server was away."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from intake import clock
from intake.people import mail
from intake.settings import Settings
from intake.store.database import Database
from intake.store.tables import Mail

SUBJECT, BODY = "收文：開戶驗證碼", "您的驗證碼是 123456，15 分鐘內有效。"


class Sink(socketserver.StreamRequestHandler):
    """An SMTP server that takes every letter and keeps it in ``server.letters``."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part.removeprefix(b"."))
                self.server.letters.append(b"".join(lines))  # type: ignore[attr-defined]
                getattr(self.server, "meanwhile", lambda: None)()
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")


@pytest.fixture
def smtp() -> Iterator[socketserver.ThreadingTCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink)
    server.letters = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def written(database: Database) -> None:
    with database.session() as session:
        mail.put(session, "office@example.com", SUBJECT, BODY)


def kept(database: Database) -> Mail:
    with database.reading() as session:
        return session.scalars(select(Mail)).one()


def test_without_a_server_it_is_a_file(database: Database, settings: Settings) -> None:
    written(database)
    assert mail.deliver(database, settings) == 1
    assert mail.deliver(database, settings) == 0
    (path,) = settings.mail_dir.iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (letter["To"], letter["Subject"]) == ("office@example.com", SUBJECT)
    assert letter.get_content().strip() == BODY
    assert path.stat().st_mode & 0o077 == 0


def test_a_number_that_is_given_again_writes_a_file_of_its_own(database: Database, settings: Settings) -> None:
    written(database)
    mail.deliver(database, settings)
    with database.session() as session:
        mail.forget(session, "office@example.com")
    with database.session() as session:
        mail.put(session, "office@example.com", SUBJECT, "您的驗證碼是 654321，15 分鐘內有效。")
    assert mail.deliver(database, settings) == 1
    assert len(list(settings.mail_dir.iterdir())) == 2, "the first was not written over"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_with_a_server_it_goes_there_and_its_text_is_wiped(database: Database, settings: Settings,
                                                           smtp: socketserver.ThreadingTCPServer) -> None:
    sending = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": smtp.server_address[1]})
    written(database)
    assert mail.deliver(database, sending) == 1
    (raw,) = smtp.letters  # type: ignore[attr-defined]
    letter = message_from_bytes(raw, policy=policy.default)
    assert letter["Subject"] == SUBJECT
    assert letter.get_content().strip() == BODY
    assert kept(database).body == ""
    assert kept(database).sent_at is not None
    assert not list(settings.mail_dir.iterdir())


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_letter_that_got_the_number_of_one_forgotten_in_sending_is_sent_too(database: Database, settings: Settings,
                                                                              smtp: socketserver.ThreadingTCPServer) -> None:
    def erased() -> None:
        if len(smtp.letters) == 1:  # type: ignore[attr-defined]
            with database.session() as session:
                mail.forget(session, "office@example.com")
                mail.put(session, "office@example.com", SUBJECT, "已刪除")

    smtp.meanwhile = erased  # type: ignore[attr-defined]
    written(database)
    mail.deliver(database, settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": smtp.server_address[1]}))
    assert len(smtp.letters) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_server_that_is_away_is_asked_again_later(database: Database, settings: Settings, smtp: socketserver.ThreadingTCPServer) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": nobody.getsockname()[1]})
        written(database)
        assert mail.deliver(database, away) == 0
    assert kept(database).error
    assert kept(database).body == BODY
    back = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": smtp.server_address[1]})
    assert mail.deliver(database, back) == 0, "not at once: the pause grows"
    with database.session() as session:
        session.execute(update(Mail).values(next_at=clock.now() - timedelta(seconds=1)))
    assert mail.deliver(database, back) == 1
    assert len(smtp.letters) == 1  # type: ignore[attr-defined]


def test_a_letter_of_a_session_that_failed_is_never_sent(database: Database, settings: Settings) -> None:
    def undone() -> None:
        with database.session() as session:
            mail.put(session, "office@example.com", SUBJECT, BODY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert mail.deliver(database, settings) == 0
    assert list(Path(settings.mail_dir).iterdir()) == []


@given(st.emails().filter(lambda a: len(a) <= 254))
def test_ordinary_addresses_are_addresses(address: str) -> None:
    assert mail.is_address(address)


@given(st.text(max_size=30), st.sampled_from(["\n", "\r", " ", ",", ";", "<", "@"]), st.text(max_size=30))
def test_nothing_that_could_be_two_is_an_address(left: str, between: str, right: str) -> None:
    assert not mail.is_address(f"a{left}{between}{right}@example.com")
