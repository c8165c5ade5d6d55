"""Mail: written into the outbox table with what it is about, sent by the worker; to an SMTP server, or as .eml files into a folder.

A letter is claimed before it is sent and tried again later when sending fails. A crash between sending and noting it may send a
letter twice; both have the same Message-ID. Once sent, the text is wiped from the table: it may hold a code.
"""

from __future__ import annotations

import hashlib
import logging
import re
import smtplib
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.settings import Settings
from intake.store.database import Database
from intake.store.tables import Mail

LOG = logging.getLogger(__name__)
MOST_TRIES = 8
TIMEOUT_SECONDS = 20
_UNTOUCHED = (Mail.sent_at.is_(None), Mail.tries == 0)


def is_address(text: str) -> bool:
    """Whether the text has the form of one e-mail address (no display name, no line break)."""
    return len(text) <= 254 and re.fullmatch(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+\.[^\s@<>\"(),:;\[\]\\.]{2,}", text) is not None


def put(session: Session, recipient: str, subject: str, body: str, wait: timedelta = timedelta(0)) -> int:
    """Put a letter into the outbox and return its number; it leaves after the session commits, not sooner than after ``wait``."""
    now = clock.now()
    letter = Mail(recipient=recipient, subject=subject, body=body, created_at=now, next_at=now + wait)
    session.add(letter)
    session.flush()
    return letter.id


def waiting(session: Session, mail_id: int) -> bool:
    """Whether a letter is still there and nobody has begun to send it."""
    return session.scalar(select(Mail.id).where(Mail.id == mail_id, *_UNTOUCHED)) is not None


def withdraw(session: Session, mail_id: int) -> bool:
    """Take a letter out of the outbox; False where somebody has begun to send it."""
    return session.scalar(delete(Mail).where(Mail.id == mail_id, *_UNTOUCHED).returning(Mail.id)) is not None


def forget(session: Session, word: str, *, only_sent: bool = False) -> None:
    """Remove the letters to that address, or that name that word in their subject or text."""
    about = or_(Mail.recipient == word, Mail.subject.contains(word, autoescape=True), Mail.body.contains(word, autoescape=True))
    session.execute(delete(Mail).where(about, Mail.sent_at.is_not(None)) if only_sent else delete(Mail).where(about))


def forget_files(settings: Settings, word: str, but: str = "") -> None:
    """The same of the letters that were written into the folder, but for those whose text says ``but``."""
    for path in settings.mail_dir.glob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=SMTP)
        body = letter.get_body()
        if but and body is not None and but in body.get_content():
            continue
        if word == letter["To"] or word in str(letter["Subject"]) or (body is not None and word in body.get_content()):
            path.unlink(missing_ok=True)


def tidy(database: Database, settings: Settings, before: datetime) -> int:
    """Remove the letters that left, or were given up, before that moment, with the files in the folder that old; how many."""
    over = or_(Mail.sent_at < before, and_(Mail.sent_at.is_(None), Mail.tries >= MOST_TRIES, Mail.next_at < before))
    with database.reading() as session:
        rows = list(session.scalars(select(Mail.id).where(over)))
    if rows:
        with database.session() as session:
            session.execute(delete(Mail).where(Mail.id.in_(rows)))
    oldest = before.replace(tzinfo=clock.TAIPEI).timestamp()
    files = [p for p in settings.mail_dir.glob("*.eml") if p.stat().st_mtime < oldest]
    for path in files:
        path.unlink(missing_ok=True)
    return max(len(rows), len(files))


def deliver(database: Database, settings: Settings) -> int:
    """Send what waits; returns how many letters went. A failing server is noted and tried again, with growing pauses."""
    gone = 0
    while True:
        with database.session() as session:
            letter = _claim(session)
            if letter is None:
                return gone
        try:
            _send(_message(letter, settings), _name(letter), settings)
        except (OSError, smtplib.SMTPException) as error:
            LOG.warning("mail %s not sent: %s", letter.id, type(error).__name__)
            with database.session() as session:
                session.execute(update(Mail).where(*_same(letter)).values(error=f"{type(error).__name__}: {error}"[:300]))
            continue
        with database.session() as session:
            session.execute(update(Mail).where(*_same(letter)).values(sent_at=clock.now(), body="", error=""))
        gone += 1


def _same(letter: Mail) -> tuple[ColumnElement[bool], ...]:
    """This letter and none that was given its number meanwhile, as one is when it was forgotten while it was being sent."""
    return (Mail.id == letter.id, Mail.tries == letter.tries, Mail.recipient == letter.recipient, Mail.subject == letter.subject)


def _claim(session: Session) -> Mail | None:
    due = select(Mail).where(Mail.sent_at.is_(None), Mail.next_at <= clock.now(), Mail.tries < MOST_TRIES)
    letter = session.scalar(due.order_by(Mail.id).limit(1).with_for_update(skip_locked=True))
    if letter is not None:
        letter.tries += 1
        letter.next_at = clock.now() + timedelta(seconds=30 * 2 ** letter.tries)
    return letter


def _message(letter: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = settings.mail_from, letter.recipient, letter.subject
    message["Date"] = letter.created_at.replace(tzinfo=clock.TAIPEI)
    message["Message-ID"] = f"<{letter.id}.{letter.created_at:%Y%m%d%H%M%S}@shouwen>"
    message.set_content(letter.body, charset="utf-8")
    return message


def _name(letter: Mail) -> str:
    """The same for each try; not the number alone, which may be given again once its row has been forgotten."""
    said = "\n".join((letter.recipient, letter.subject, letter.body))
    return f"{letter.id:06d}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _send(message: EmailMessage, name: str, settings: Settings) -> None:
    if not settings.smtp_host:
        settings.prepare()
        # renamed, so that nobody reads half a letter
        path = settings.mail_dir / f"{name}.eml"
        half = path.with_suffix(".part")
        half.touch(mode=0o600)
        half.write_bytes(message.as_bytes())
        half.replace(path)
        return
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS) as server:
        if settings.smtp_tls:
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(message)
