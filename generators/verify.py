"""Prove a bundle offline: every file whole, forms and papers of one piece, every printed value where its trace says.

What is checked stands in the order of the functions below. Nothing in the bundle is trusted: papers are opened in a child process under
limits, names and sizes are looked at before anything is unpacked. Each fault is one sentence in Traditional Chinese.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from generators import papers, proof

MOST_FILES, MOST_BYTES = 2000, 2 << 30
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PIECES = re.compile(r"[；，\s]+|、(?=■)")
_FRONT = 8
"""On how many of the first pages of the printed bundle the mark is looked for."""
_BROKEN = (KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError)


@dataclass(frozen=True)
class Verdict:
    """What was found. ``faults`` empty: everything holds. ``signer`` is the fingerprint of the key that signed, "" where nobody did;
    ``values`` counts the printed values that were followed to their origin; ``log`` is the log's line that the bundle names."""

    faults: tuple[str, ...]
    case: str = ""
    mark: str = ""
    made_at: str = ""
    signer: str = ""
    files: int = 0
    forms: int = 0
    values: int = 0
    papers: int = 0
    log: tuple[int, str] | None = None

    def as_json(self) -> dict[str, Any]:
        return {"whole": not self.faults, "faults": list(self.faults), "case": self.case, "mark": self.mark, "made_at": self.made_at,
                "signer": self.signer, "files": self.files, "forms": self.forms, "values": self.values, "papers": self.papers,
                "log": self.log and {"line": self.log[0], "hash": self.log[1]}}


def verify(bundle: Path, key: str = "") -> Verdict:
    """Check a bundle.zip. ``key`` is the fingerprint that the signer is known by ("" to take whoever signed). Never raises for what is
    in the bundle."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            return _Check(archive, key).verdict()
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
        return Verdict(("這個檔案不是完整的 ZIP，打不開。",))


class _Check:
    def __init__(self, archive: zipfile.ZipFile, key: str) -> None:
        self.archive, self.key = archive, "".join(key.lower().split())
        self.faults: list[str] = []
        self.signer, self.values = "", 0
        self.data: dict[str, bytes] = {}
        self.pages: dict[str, int] = {}
        self.said: dict[str, Any] = {}

    def verdict(self) -> Verdict:
        if self._unpacked() and self._manifest():
            for check in (self._signature, self._files, self._mark, self._decision, self._papers, self._forms):
                try:
                    self.faults += check()
                except _BROKEN as error:
                    self.faults.append(f"清單或出處檔的內容不合格式，無法核對（{type(error).__name__}：{error}）。")
        said, log = self.said, self.said.get("log")
        known = (log["line"], log["hash"]) if isinstance(log, dict) and {"line", "hash"} <= set(log) else None
        return Verdict(tuple(dict.fromkeys(self.faults)), str(said.get("case") or ""), str(said.get("mark") or ""),
                       str(said.get("made_at") or ""), self.signer, len(self.data), _count(said, "forms"), self.values,
                       _count(said, "papers"), known)

    def _unpacked(self) -> bool:
        entries = [e for e in self.archive.infolist() if not e.is_dir()]
        names = [e.filename for e in entries]
        if len(names) > MOST_FILES or sum(e.file_size for e in entries) > MOST_BYTES:
            self.faults.append("壓縮檔展開後過大，不予核對。")
            return False
        for name in sorted({n for n in names if names.count(n) > 1}):
            self.faults.append(f"「{name}」在壓縮檔裡出現兩次。")
        for e in entries:
            try:
                self.data[e.filename] = self.archive.read(e)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                self.faults.append(f"「{e.filename}」損壞，讀不出來。")
        return True

    def _manifest(self) -> bool:
        if proof.MANIFEST not in self.data:
            self.faults.append("沒有清單 manifest.json，無法核對。")
            return False
        try:
            self.said = json.loads(self.data[proof.MANIFEST])
            if not isinstance(self.said["files"], dict):
                raise TypeError("files")
        except _BROKEN:
            self.said = {}
            self.faults.append("清單 manifest.json 讀不出來。")
            return False
        return True

    def _signature(self) -> Iterator[str]:
        if proof.SIGNATURE not in self.data:
            yield "清單沒有簽章（manifest.sig），不能證明由誰產生。"
            return
        try:
            public = proof.signer(self.data[proof.MANIFEST], json.loads(self.data[proof.SIGNATURE]))
        except _BROKEN:
            yield "簽章檔 manifest.sig 的格式不對。"
            return
        if public is None:
            yield "簽章與清單不符：清單在簽章之後被改過，或簽章不是這份清單的。"
            return
        self.signer = proof.fingerprint(public)
        if self.key and self.key != self.signer.replace(" ", ""):
            yield f"簽章所用的金鑰（指紋 {self.signer[:19]}…）不是指定的那一把。"

    def _files(self) -> Iterator[str]:
        listed = self.said["files"]
        there = set(self.data) - {proof.MANIFEST, proof.SIGNATURE}
        for name in sorted(set(listed) - there):
            yield f"清單上的「{name}」不見了。"
        for name in sorted(there - set(listed)):
            yield f"「{name}」不在清單上，是後來加入的。"
        for name in sorted(there & set(listed)):
            if hashlib.sha256(self.data[name]).hexdigest() != listed[name]:
                yield f"「{name}」的內容與清單的雜湊不符，被改過。"

    def _mark(self) -> Iterator[str]:
        mark = self.said["mark"]
        if mark != proof.mark(self.said["files"]):
            yield "清單的識別碼與它所列的檔案不符。"
        if proof.PRINTED not in self.data:
            return
        try:
            pages = PdfReader(io.BytesIO(self.data[proof.PRINTED])).pages
            text = "".join(_squeezed(p.extract_text()) for p in pages[:_FRONT])
        except (PyPdfError, RecursionError, *_BROKEN):
            yield f"「{proof.PRINTED}」打不開。"
            return
        if mark not in text:
            yield f"「{proof.PRINTED}」的封面沒有這份清單的識別碼，兩者不是同一次產生的。"

    def _decision(self) -> Iterator[str]:
        listed = self.said.get("decision")
        if "decision.json" not in self.data:
            if listed:
                yield "清單記有判定，但沒有 decision.json。"
            return
        made = json.loads(self.data["decision.json"])
        if listed != {k: made.get(k) for k in ("programme", "edition", "as_of", "outcome")}:
            yield "清單所記的判定與 decision.json 不符。"

    def _papers(self) -> Iterator[str]:
        with tempfile.TemporaryDirectory(prefix="shouwen-verify-") as name:
            files = {}
            for number, paper in enumerate(self.said["papers"]):
                data = self.data.get(paper["file"])
                if data is None:
                    continue
                digest = hashlib.sha256(data).hexdigest()
                if digest != paper["sha256"]:
                    yield f"文件「{paper['file']}」與清單所記的雜湊不符。"
                files[digest] = Path(name) / str(number)
                files[digest].write_bytes(data)
            counted = papers.count(list(files.values()))
        read = {p["sha256"]: p["pages"] for p in self.said["papers"]}
        for digest, file in files.items():
            # a kind of file that only the readers open has the pages that they found
            self.pages[digest] = counted.get(file) or read.get(digest) or 0

    def _forms(self) -> Iterator[str]:
        listed = {f["trace"]: f for f in self.said["forms"]}
        for name in sorted(n for n in self.data if n.endswith(".trace.json") and n not in listed):
            yield f"出處檔「{name}」沒有列在清單的表單裡。"
        for name, form in listed.items():
            if name not in self.data:
                continue
            trace = json.loads(self.data[name])
            if any(trace[k] != form[k] for k in ("form", "edition", "template_sha256")):
                yield f"表單 {form['form']} 的版次或範本雜湊，清單與出處檔不一致。"
            words = None
            document = name.removesuffix(".trace.json") + ".docx"
            if document in self.data:
                words = _words(self.data[document])
                if words is None:
                    yield f"表單「{document}」打不開。"
            else:
                yield f"表單 {form['form']} 沒有 Word 檔，印出的值無從核對。"
            for slot, value in trace["slots"].items():
                yield from self._slot(f"表單 {form['form']} 的「{slot}」", value, words)

    def _slot(self, where: str, value: Mapping[str, Any], words: str | None) -> Iterator[str]:
        printed, origin = value["printed"], value["origin"]
        if printed:
            self.values += 1
            if origin is None:
                yield f"{where}印了值，卻沒有出處。"
            if words is not None and not stands(printed, words):
                yield f"{where}的出處檔記著印出「{printed[:30]}」，表單上卻沒有這些字。"
        yield from self._origin(where, origin)

    def _origin(self, where: str, origin: Mapping[str, Any] | None) -> Iterator[str]:
        if origin is None:
            return
        if "confirms" in origin:
            yield from self._origin(where, origin["confirms"])
        if "document" not in origin:
            return
        pages = self.pages.get(origin["document"])
        if pages is None:
            yield f"{where}來自文件 {origin['document'][:12]}…，這份文件不在卷內。"
        elif not 1 <= origin["page"] <= pages:
            yield f"{where}來自第 {origin['page']} 頁，但該文件只有 {pages} 頁。"
        left, top, right, bottom = origin["box"]
        if not (0 <= left <= right <= 1 and 0 <= top <= bottom <= 1):
            yield f"{where}所指的位置在頁面之外。"


def _count(said: Mapping[str, Any], name: str) -> int:
    return len(said[name]) if isinstance(said.get(name), list) else 0


def _squeezed(text: str) -> str:
    return "".join(text.split())


def stands(printed: str, words: str) -> bool:
    """Whether a printed value stands in the form's words (without blanks): whole, or, where the form sets a list, a record or several
    ticks apart, each of its pieces."""
    if _squeezed(printed) in words:
        return True
    return all(p in words for p in _PIECES.split(printed) if p)


def _words(document: bytes) -> str | None:
    """Every word of a .docx without blanks, header and footer too; None where it cannot be opened."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            if sum(e.file_size for e in archive.infolist()) > MOST_BYTES:
                return None
            trees = [etree.fromstring(archive.read(n), parser) for n in archive.namelist() if _WORDS.fullmatch(n)]
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.LxmlError, NotImplementedError, RuntimeError):
        return None
    return _squeezed("".join(t.text or "" for tree in trees for t in tree.iter(_TEXT)))
