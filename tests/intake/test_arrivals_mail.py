"""Mail to the service, over a real IMAP server on this machine: attachments go to the case that the subject names, once."""

from __future__ import annotations

import imaplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from self_signed import certificate
from sqlalchemy import func, select, text

from intake.arrivals import letter, place
from intake.arrivals.mailbox import Mailbox, NoMailbox
from intake.people import audit
from intake.people.person import Person
from intake.settings import Settings
from intake.store import arrivals, repository
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Job, Mail
from intake.store.tables_arrivals import ArrivalRow
from intake.store.views import SUBMITTED, SUPPLEMENT, CaseView

PDF = b"%PDF-1.4\n"
USER, PASSWORD = "papers", "Right-Horse-9"
DONE = "Shouwen-done"


@contextmanager
def imap(*how: str) -> Iterator[int]:
    """The port of an IMAP server that keeps everything in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(port), *how,
               "dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 60
        while True:
            try:
                imaplib.IMAP4("127.0.0.1", port, timeout=5).shutdown()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
        yield port
        process.kill()


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with imap("--no-tls") as port:
        yield port


@pytest.fixture
def box(server: int) -> Iterator[imaplib.IMAP4]:
    """The mailbox as its owner sees it, emptied."""
    with imaplib.IMAP4("127.0.0.1", server, timeout=20) as there:
        there.login(USER, PASSWORD)
        there.create(DONE)
        for folder in (DONE, "INBOX"):
            there.select(folder)
            if there.uid("SEARCH", "ALL")[1][0]:
                there.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
                there.expunge()
        yield there


@pytest.fixture
def mailbox(settings: Settings, database: Database, server: int) -> Mailbox:
    settings = settings.model_copy(update={"imap_host": "127.0.0.1", "imap_port": server, "imap_user": USER, "imap_tls": "none",
                                           "imap_password": SecretStr(PASSWORD)})
    return Mailbox(database, PaperStore(settings.papers_dir, 2000), settings)


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        made = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, made.id, applicant, "f11-108")
        return repository.case(session, made.id)


def written(subject: str, *files: tuple[str, bytes], sender: str = "Shop <shop@example.com>", number: str = "one") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, "papers@example.com"
    message["Subject"], message["Message-ID"] = subject, f"<{number}@example.com>"
    message.set_content("請查收。")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return message


def send(box: imaplib.IMAP4, *messages: EmailMessage) -> None:
    for message in messages:
        assert box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), message.as_bytes())[0] == "OK"


def count(box: imaplib.IMAP4, folder: str) -> int:
    box.select(folder)
    return len(box.uid("SEARCH", "ALL")[1][0].split())


def test_attachments_go_to_the_case_of_the_subject(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView, database: Database) -> None:
    send(box, written(f"補件 {case.number} 兩份", ("變更登記表.pdf", PDF + b"1"), ("勞保.pdf", PDF + b"2"), ("說明.docx", b"PK\x03\x04")))
    assert mailbox.look() == 1
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["變更登記表.pdf", "勞保.pdf"]
        assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == "read")) == 2
        answer = session.scalars(select(Mail)).one()
        assert answer.recipient == "shop@example.com"
        assert case.number in answer.subject
        assert "說明.docx：這種檔案讀不了" in answer.body
        assert {x.detail["through"] for x in audit.search(session)} == {"mail"}
    assert (count(box, "INBOX"), count(box, DONE)) == (0, 1)


def test_a_letter_that_was_taken_is_only_moved_when_it_comes_again(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                                  database: Database) -> None:
    for _ in range(2):
        # as after a crash between the commit and the move
        send(box, written(case.number, ("一.pdf", PDF)))
        assert mailbox.look() == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 1
        assert session.scalar(select(func.count()).select_from(Mail)) == 1
    assert count(box, "INBOX") == 0


def test_a_stranger_puts_nothing_into_a_case_and_gets_no_answer(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                               database: Database) -> None:
    send(box, written(case.number, ("一.pdf", PDF), sender="thief@example.com"),
         written(case.number, ("二.pdf", PDF + b"2"), sender="shop@example.com, thief@example.com", number="two"))
    mailbox.look()
    with database.reading() as session:
        assert repository.papers(session, case.id) == []
        assert [a.reason for a in arrivals.parked(session)] == [place.STRANGER] * 2
        assert session.scalars(select(Mail)).all() == []
        assert session.scalar(select(func.count()).select_from(Job)) == 0


def test_what_does_not_say_which_case_waits_and_its_sender_is_told_how(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                                      database: Database) -> None:
    robot = written("無案號", ("三.pdf", PDF + b"3"), number="three")
    robot["Auto-Submitted"] = "auto-replied"
    send(box, written("我的文件", ("一.pdf", PDF)), written(f"{case.number} 9990101-0001", ("二.pdf", PDF + b"2"), number="two"), robot,
         written("9990101-0001", ("四.pdf", PDF + b"4"), number="four"), written("空的", number="five"))
    mailbox.look()
    with database.reading() as session:
        assert [a.reason for a in arrivals.parked(session)] == [place.NO_NUMBER] * 3 + [place.UNKNOWN_CASE]
        told = session.scalars(select(Mail).order_by(Mail.id)).all()
        assert len(told) == 4
        assert all("主旨寫上案號" in m.body for m in told)


def test_after_a_case_is_sent_in_only_a_supplement_is_taken(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                           database: Database) -> None:
    with database.session() as session:
        repository.set_state(session, case.id, SUBMITTED, 0)
    send(box, written(case.number, ("一.pdf", PDF)))
    mailbox.look()
    with database.session() as session:
        assert [a.reason for a in arrivals.parked(session)] == [place.SENT_IN]
        repository.set_state(session, case.id, SUPPLEMENT, 1)
    send(box, written(case.number, ("二.pdf", PDF + b"2"), number="two"))
    mailbox.look()
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["二.pdf"]


def test_a_bad_letter_holds_up_no_other(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView, database: Database) -> None:
    big = written(case.number, ("大.pdf", PDF + b"x" * 9000), number="big")
    send(box, big)
    box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), b"Content-Type: multipart/mixed; boundary=\r\n\r\n\x00\xff")
    send(box, written(case.number, ("一.pdf", PDF)))
    assert mailbox.look() == 3
    assert mailbox.look() == 0
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["一.pdf"]
        assert session.scalar(select(func.count()).select_from(ArrivalRow).where(ArrivalRow.state == arrivals.TURNED_AWAY)) == 2


def test_words_that_no_database_keeps_hold_up_no_other_letter(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                              database: Database) -> None:
    odd = (f"From: shop@example.com\r\nSubject: {case.number} =?utf-8?q?=00?=\r\nMessage-ID: <odd@example.com>\r\n"
           "Content-Type: application/pdf; name=\"=?utf-8?q?a=00b.pdf?=\"\r\n\r\n%PDF-1.4 odd\r\n")
    box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), odd.encode())
    send(box, written(case.number, ("一.pdf", PDF)))
    assert mailbox.look() == 2
    assert count(box, "INBOX") == 0
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["ab.pdf", "一.pdf"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_letter_that_cannot_be_kept_waits_and_the_others_are_taken(mailbox: Mailbox, box: imaplib.IMAP4, case: CaseView,
                                                                    database: Database) -> None:
    send(box, written(case.number, ("壞.pdf", PDF + b"1"), number="bad"), written(case.number, ("一.pdf", PDF + b"2"), number="good"))
    with database.session() as session:
        session.execute(text("create trigger fault before insert on papers when new.name = '壞.pdf' begin select raise(abort, ''); end"))
    with pytest.raises(NoMailbox, match="1 封信收不下來"):
        mailbox.look()
    assert count(box, "INBOX") == 1
    with database.session() as session:
        session.execute(text("drop trigger fault"))
    assert mailbox.look() == 1
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["一.pdf", "壞.pdf"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_password_goes_to_a_server_that_is_not_trusted(mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cert, key = certificate(tmp_path)
    with imap("--cert", str(cert), "--key", str(key)) as port:
        mailbox.settings = mailbox.settings.model_copy(update={"imap_host": "localhost", "imap_port": port, "imap_tls": "starttls"})
        with pytest.raises(ssl.SSLError):
            mailbox.look()
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert mailbox.look() >= 0
        mailbox.settings = mailbox.settings.model_copy(update={"imap_password": SecretStr("wrong")})
        with pytest.raises(NoMailbox):
            mailbox.look()


def test_only_the_mail_server_says_that_a_sender_is_proven() -> None:
    forged = written("x")
    forged["Authentication-Results"] = "elsewhere.example; dmarc=pass"
    assert not letter.read(forged.as_bytes(), "mx.example").proven
    for said, good in (("mx.example; spf=pass; dmarc=pass header.from=example.com", True),
                       ("mx.example; dmarc=fail (p=reject dmarc=pass)", False),
                       ("mx.example 1; dkim=pass; dmarc=pass", True), ("mx.example; x-dmarc=pass", False)):
        message = EmailMessage(policy=SMTP)
        message["Authentication-Results"] = said
        # what stands under it may be the sender's own
        message["Authentication-Results"] = "mx.example; dmarc=pass"
        assert letter.read(message.as_bytes(), "mx.example").proven is good, said
    assert letter.read(forged.as_bytes()).proven


def test_a_logo_in_the_signature_is_no_paper_and_a_photo_is() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "shop@example.com"
    message.set_content("文件如附。")
    message.add_alternative('<p>文件如附。<img src="cid:logo@x"></p>', subtype="html")
    page = message.get_payload()[1]  # type: ignore[index]
    page.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<logo@x>", filename="logo.png")  # type: ignore[union-attr]
    message.make_mixed()
    message.add_attachment(b"\xff\xd8\xff", "image", "jpeg", disposition="inline", filename="IMG_1.jpeg", cid="<photo@x>")
    assert [f.name for f in letter.read(message.as_bytes()).files] == ["IMG_1.jpeg"]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_letter_or_unreadable(raw: bytes) -> None:
    try:
        found = letter.read(raw, "mx.example")
    except letter.Unreadable:
        return
    assert found.id
    assert not found.proven
