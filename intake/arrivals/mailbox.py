"""The mailbox to which applicants send papers: each attachment of a letter becomes a paper of the case whose number is in the subject.

The service looks by IMAP (RFC 3501; MOVE of RFC 6851 where there is one). What becomes of a letter is committed in one transaction, then
it is moved to the folder for what is done: a process that is killed in between finds its Message-ID known and only moves it. A letter
that does not say which case, or not from the applicant's own address, waits for a clerk. Known applicants are answered by mail.
"""

from __future__ import annotations

import hashlib
import imaplib
import logging
import re
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import ReadRefused
from extractors.limits import Limits
from extractors.pages.sniff import sniff
from intake.arrivals import letter as letters
from intake.arrivals import place
from intake.arrivals.letter import Attached, Letter
from intake.people import mail
from intake.settings import Settings
from intake.store import arrivals
from intake.store.arrivals import MAIL, PARKED, TAKEN, TURNED_AWAY, ArrivalView, Coming
from intake.store.database import Database
from intake.store.papers import PaperStore, Stored
from intake.store.tables import Account

LOG = logging.getLogger(__name__)
TIMEOUT_SECONDS = 30
AT_ONCE = 50
"""Letters taken at one look."""
ENVELOPE = 2
"""How much larger than the largest file a letter may be: base64 adds a third, and there may be several."""


HOW = "請用開戶時的電子郵件寄，並在主旨寫上案號（例如 1151120-0001）；案件送件後，要等通知補件才能再加文件。"


class NoMailbox(Exception):
    """The server did not do what was asked."""


class Mailbox:
    """One mailbox. One process looks at a time (``work/errands.py``)."""

    def __init__(self, database: Database, papers: PaperStore, settings: Settings) -> None:
        self.database, self.papers, self.settings = database, papers, settings

    def look(self) -> int:
        """Take what is there; returns how many letters went. Raises NoMailbox, OSError."""
        with self._open() as server:
            # what a server can do it often tells only after the log-in
            able = _flat(_ok(server.capability(), "capability")).upper().split()
            _ok(server.select(_quoted(self.settings.imap_folder)), "select")
            # no answer is looked at: most often it is there already
            server.create(_quoted(self.settings.imap_done))
            found = _ok(server.uid("SEARCH", "UNDELETED"), "search")
            waiting = [str(int(n)) for n in (found[0] or b"").split()][:AT_ONCE]
            stuck: list[str] = []
            for uid in waiting:
                try:
                    self._take(server, uid)
                except (imaplib.IMAP4.error, NoMailbox, OSError):
                    raise
                except Exception as error:
                    # whatever is wrong with one letter holds up no other
                    LOG.exception("a letter waits")
                    stuck.append(type(error).__name__)
                    continue
                self._move(server, uid, able)
            if stuck:
                raise NoMailbox(f"{len(stuck)} 封信收不下來：{'、'.join(sorted(set(stuck)))}")
            return len(waiting)

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        s = self.settings
        try:
            with self._connected() as server:
                server.login(s.imap_user, s.imap_password.get_secret_value())
                yield server
        except imaplib.IMAP4.error as error:
            raise NoMailbox(str(error)[:200]) from None

    def _connected(self) -> imaplib.IMAP4:
        s, trusted = self.settings, ssl.create_default_context()
        if s.imap_tls == "tls":
            return imaplib.IMAP4_SSL(s.imap_host, s.imap_port, timeout=TIMEOUT_SECONDS, ssl_context=trusted)
        server = imaplib.IMAP4(s.imap_host, s.imap_port, timeout=TIMEOUT_SECONDS)
        if s.imap_tls == "starttls":
            server.starttls(trusted)
        return server

    def _take(self, server: imaplib.IMAP4, uid: str) -> None:
        """Everything about one letter up to its commit."""
        size = re.search(rb"RFC822\.SIZE (\d+)", _flat(_ok(server.uid("FETCH", uid, "(RFC822.SIZE)"), "fetch")))
        limit = (self.papers.limit or Limits().file_bytes) * ENVELOPE
        if size is not None and int(size[1]) > limit:
            head = _flat(_ok(server.uid("FETCH", uid, "(BODY.PEEK[HEADER])"), "fetch"), whole=False)
            self._refuse(head, ReadRefused("too_large", f"a letter of {int(size[1])} bytes"))
            return
        raw = _flat(_ok(server.uid("FETCH", uid, "(BODY.PEEK[])"), "fetch"), whole=False)
        try:
            self._keep(letters.read(raw, self.settings.imap_authserv))
        except letters.Unreadable:
            self._refuse(raw, ReadRefused("corrupt", "a letter that cannot be understood"))

    def _refuse(self, raw: bytes, refused: ReadRefused) -> None:
        key = place.key_of(MAIL, hashlib.sha256(raw).hexdigest(), refused.code)
        with self.database.session() as session:
            if arrivals.find(session, key) is None:
                place.turn_away(session, Coming(key, MAIL, "（整封信）", "message/rfc822", ""), refused)

    def _keep(self, letter: Letter) -> None:
        """The letter in one transaction; one whose Message-ID from that sender is known is left."""
        first = place.key_of(MAIL, letter.id, letter.sender, "0")
        with self.database.reading() as session:
            if arrivals.find(session, first) is not None:
                return
        stored = [self._store(f) for f in letter.files]
        with self.database.session() as session:
            where = place.by_letter(session, letter.subject, letter.sender, letter.proven)
            kept = []
            for number, (file, what) in enumerate(zip(letter.files, stored, strict=True)):
                key = place.key_of(MAIL, letter.id, letter.sender, str(number))
                coming = Coming(key, MAIL, file.name, file.media_type, letter.sender, letter.subject)
                kept.append(place.turn_away(session, coming, what) if isinstance(what, ReadRefused)
                            else place.put(session, coming, what, where))
            if not kept:
                nothing = Coming(first, MAIL, "（沒有附件）", "", letter.sender, letter.subject)
                kept.append(arrivals.keep(session, nothing, None, TURNED_AWAY, "信裡沒有附件"))
            _answer(session, letter, kept)

    def _store(self, file: Attached) -> Stored | ReadRefused:
        """The bytes in the store, or why they cannot be a paper."""
        limits = Limits(file_bytes=self.papers.limit or Limits().file_bytes)
        try:
            with tempfile.NamedTemporaryFile(dir=self.papers.folder) as draft:
                draft.write(file.data)
                draft.flush()
                sniff(Path(draft.name), limits)
            return self.papers.put([file.data])
        except ReadRefused as refused:
            return refused

    def _move(self, server: imaplib.IMAP4, uid: str, able: Sequence[bytes]) -> None:
        done = _quoted(self.settings.imap_done)
        if b"MOVE" in able:
            _ok(server.uid("MOVE", uid, done), "move")
            return
        _ok(server.uid("COPY", uid, done), "copy")
        _ok(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"), "store")
        # without it everything that anybody marked in this mailbox would go; a marked letter is not looked at again
        if b"UIDPLUS" in able:
            _ok(server.uid("EXPUNGE", uid), "expunge")


def _answer(session: Session, letter: Letter, kept: Sequence[ArrivalView]) -> None:
    """Tell the applicant what became of the letter; strangers and machines get no answer, and no answer says what is in a case."""
    if letter.by_machine or not letter.sender:
        return
    if session.scalar(select(Account.id).where(func.lower(Account.email) == letter.sender.lower()).limit(1)) is None:
        return
    taken = [a for a in kept if a.state == TAKEN]
    lines = [f"・{a.name}：{'已收下，等承辦人員處理' if a.state == PARKED else a.reason or '已收到'}" for a in kept]
    if taken:
        subject, begin = f"收文：案件 {taken[0].number} 收到 {len(taken)} 份文件", "您寄來的文件已放進案件，系統會自動讀取，請登入核對。"
    else:
        subject, begin = "收文：您寄來的文件還沒有放進案件", HOW
    mail.put(session, letter.sender, subject, "\n".join([begin, "", *lines]))


def _ok(answer: tuple[str, list[Any]], what: str) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise NoMailbox(f"{what}: {status}")
    return data


def _flat(data: Sequence[object], *, whole: bool = True) -> bytes:
    """The bytes of a FETCH: its literal; ``whole`` also takes what stands around it."""
    out = b""
    for item in data:
        if isinstance(item, tuple):
            out += (item[0] + b" " if whole else b"") + item[1]
        elif whole and isinstance(item, bytes):
            out += item
    return out


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
