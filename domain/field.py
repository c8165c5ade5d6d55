"""A value and where it came from: read from ink, entered by a person, or computed from other values.

The JSON forms are those of READING.md (a reading) and FILLING.md (an origin).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.document import Box

ACCEPTED = "accepted"
REVIEW = "review"

Value = Any
"""A fact in the value forms of READING.md and VALUES.md; None is unknown."""


@dataclass(frozen=True)
class Reading:
    """One field as read from one paper. ``box`` is in the displayed frame of ``page``. ``value`` None means printed but not
    legible (then ``status`` is always review). ``witnesses`` names the independent evidence; ``doubts`` says, in Traditional
    Chinese, why a person must look."""

    value: Value
    text: str
    page: int
    box: Box
    confidence: float
    status: str
    witnesses: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value, "text": self.text, "page": self.page, "box": self.box.as_list(),
            "confidence": round(self.confidence, 4), "status": self.status, "witnesses": list(self.witnesses),
            **({"doubts": list(self.doubts)} if self.doubts else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Reading:
        return Reading(data["value"], data["text"], data["page"], Box(*data["box"]), data["confidence"], data["status"],
                       tuple(data["witnesses"]), tuple(data.get("doubts", ())))


@dataclass(frozen=True)
class DocumentReading:
    """One paper found in a file: its kind (or ``unknown``), its pages, its fields. ``problems`` are sentences in Traditional Chinese.
    ``foreign`` (not part of the line) says that it seems to be another firm's than the applicant's."""

    kind: str
    kind_confidence: float
    pages: tuple[int, ...]
    fields: Mapping[str, Reading]
    problems: tuple[str, ...] = ()
    foreign: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "kind_confidence": round(self.kind_confidence, 4), "pages": list(self.pages),
            "fields": {k: r.as_json() for k, r in self.fields.items()}, "problems": list(self.problems),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> DocumentReading:
        return DocumentReading(data["kind"], data["kind_confidence"], tuple(data["pages"]),
                               {k: Reading.from_json(r) for k, r in data["fields"].items()}, tuple(data["problems"]))


@dataclass(frozen=True)
class FileReading:
    """What one read of one file gave: READING.md's line. ``error`` is (code, sentence) when the file was refused; ``unsafe``
    (not part of the line) says that the file is a bomb and must not be kept; ``text`` (not part of it either) is all that its pages say,
    for a search; ``turned`` (nor this) is the clockwise turn in degrees that makes each displayed page upright, for showing its ink."""

    file: str
    sha256: str
    pages: int
    documents: tuple[DocumentReading, ...] = ()
    error: tuple[str, str] | None = None
    unsafe: bool = False
    text: str = ""
    turned: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file, "sha256": self.sha256, "pages": self.pages,
            "error": None if self.error is None else {"code": self.error[0], "message": self.error[1]},
            "documents": [d.as_json() for d in self.documents],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> FileReading:
        e = data["error"]
        return FileReading(data["file"], data["sha256"], data["pages"],
                           tuple(DocumentReading.from_json(d) for d in data["documents"]),
                           None if e is None else (e["code"], e["message"]))


@dataclass(frozen=True)
class Read:
    """Origin: ink. ``document`` is the SHA-256 of the file; ``kind`` the paper's kind; ``engine`` who read it."""

    document: str
    page: int
    box: Box
    text: str
    status: str
    kind: str = ""
    witnesses: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"document": self.document, "page": self.page, "box": self.box.as_list(), "text": self.text,
                "status": self.status, "kind": self.kind, "witnesses": list(self.witnesses),
                **({"doubts": list(self.doubts)} if self.doubts else {})}


@dataclass(frozen=True)
class Entry:
    """Origin: a person. A correction is another origin, never an overwrite. ``at`` is Taipei time without a zone.
    ``value`` None withdraws a value. ``confirms`` is the reading that was looked at, if any. ``claimed`` (not part of the origin): said by
    whoever the case is about, so that it does not stand against ink that needed nobody."""

    field: str
    value: Value
    by: str
    at: datetime
    why: str = ""
    confirms: Read | None = None
    claimed: bool = False

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"entered_by": self.by, "entered_at": self.at.isoformat(timespec="seconds"), "why": self.why}
        return out | ({"confirms": self.confirms.as_json()} if self.confirms else {})


@dataclass(frozen=True)
class Computed:
    """Origin: a computation from other fields; ``how`` says it in one Chinese phrase."""

    computed_from: tuple[str, ...]
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"computed_from": list(self.computed_from), "how": self.how}


Origin = Read | Entry | Computed


def origin_from_json(field: str, value: Value, data: Mapping[str, Any]) -> Origin:
    """The origin that ``as_json`` wrote. Raises KeyError or ValueError where ``data`` is none."""
    if "computed_from" in data:
        return Computed(tuple(data["computed_from"]), data.get("how", ""))
    if "entered_by" in data:
        seen = data.get("confirms")
        confirms = origin_from_json(field, value, seen) if seen else None
        return Entry(field, value, data["entered_by"], datetime.fromisoformat(data["entered_at"]), data.get("why", ""),
                     confirms if isinstance(confirms, Read) else None)
    return Read(data["document"], data["page"], Box(*data["box"]), data["text"], data["status"], data.get("kind", ""),
                tuple(data.get("witnesses", ())), tuple(data.get("doubts", ())))


@dataclass(frozen=True)
class Fact:
    """One fact of a case with all its origins. ``status`` review: a person must look before it may be used or printed."""

    field: str
    value: Value
    origins: tuple[Origin, ...]
    status: str = ACCEPTED
    notes: tuple[str, ...] = ()
