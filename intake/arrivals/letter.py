"""A letter as it came from the mailbox: who sent it, what it is about, the files in it. Written after RFC 5322, 2045, 2183, 2387, 8601."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from intake.store.clean import storable

MOST_FILES = 30
"""Attachments of one letter that are taken."""
_TYPES = ("application/pdf", "image/")


@dataclass(frozen=True)
class Attached:
    """A file of a letter."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """``id`` is the Message-ID, or the hash of the letter where it has none; ``sender`` one address or ""; ``proven`` whether the mail
    server named to ``read`` vouches for the sender (DMARC passed); ``by_machine``: an answer to it could go round in circles."""

    id: str
    sender: str
    subject: str
    proven: bool
    by_machine: bool
    files: tuple[Attached, ...]


class Unreadable(Exception):
    """The letter breaks the rules of mail in a way that it cannot be understood."""


def read(raw: bytes, authserv: str = "") -> Letter:
    """Take a letter apart. ``authserv`` "" believes every sender. Raises Unreadable."""
    try:
        message = BytesParser(policy=default).parsebytes(raw)
        assert isinstance(message, EmailMessage)
        number = " ".join(str(message["Message-ID"] or "").split()) or hashlib.sha256(raw).hexdigest()
        subject = " ".join(str(message["Subject"] or "").split())
        return Letter(storable(number), storable(_sender(message)), storable(subject), _proven(message, authserv),
                      _by_machine(message), tuple(_files(message))[:MOST_FILES])
    # the standard library's parser is lenient when it reads and strict when a header is looked at
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None


def _sender(message: EmailMessage) -> str:
    found = [a for header in message.get_all("From", []) for a in header.addresses]
    return found[0].addr_spec if len(found) == 1 else ""


def _proven(message: EmailMessage, authserv: str) -> bool:
    """Only the newest header of that server counts: it takes away those that a sender put there in its name (RFC 8601, 5)."""
    if not authserv:
        return True
    for header in message.get_all("Authentication-Results", []):
        said = " ".join(re.sub(r"\([^()]*\)", " ", str(header)).split())
        server, _, results = said.partition(";")
        if server.split()[:1] and server.split()[0].casefold() == authserv.casefold():
            return re.search(r"(^|;)\s*dmarc\s*=\s*pass\b", results, re.IGNORECASE) is not None
    return False


def _by_machine(message: EmailMessage) -> bool:
    auto = str(message["Auto-Submitted"] or "no").strip().casefold()
    bulk = str(message["Precedence"] or "").strip().casefold() in ("bulk", "junk", "list")
    return auto != "no" or bulk or any(message[h] is not None for h in ("List-Id", "X-Auto-Response-Suppress"))


def _files(message: EmailMessage) -> Iterator[Attached]:
    parts = [p for p in message.walk() if not p.is_multipart() and isinstance(p, EmailMessage)]
    shows = [p for p in parts if p.get_content_type() == "text/html" and p.get_content_disposition() != "attachment"]
    pages = "".join(str(p.get_content()) for p in shows)
    for part in parts:
        name, kind = part.get_filename(), part.get_content_type()
        shown = str(part["Content-ID"] or "").strip("<> ")
        # a picture that the letter shows is a signature's, not a paper
        if kind.startswith("image/") and shown and f"cid:{shown}" in pages:
            continue
        if name or part.get_content_disposition() == "attachment" or kind.startswith(_TYPES):
            data = part.get_payload(decode=True)
            yield Attached(storable(str(name or "附件")), storable(kind), data if isinstance(data, bytes) else b"")
