"""A bundle proves itself offline, and whatever is changed in it is found and named."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from domain.case import CaseFacts
from domain.document import Box
from domain.field import ACCEPTED, Entry, Fact, Read
from generators import bundle, cover, proof, template, trace
from generators.fill import fill
from generators.verify import Verdict, stands, verify

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
FINGERPRINT = proof.fingerprint(proof.public_key(KEY))
WHEN = datetime(2019, 2, 20, 9, 30)
TRACE, DOCX, PAPER = "forms/F10.trace.json", "forms/F10.docx", "papers/01-登記表.pdf"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of one form: one value read from a paper of two pages, one confirmed by a person. Its printed half bears the mark."""
    folder = tmp_path_factory.mktemp("case")
    (folder / "papers").mkdir()
    canvas = Canvas(str(folder / PAPER))
    canvas.showPage(), canvas.showPage(), canvas.save()
    digest = hashlib.sha256((folder / PAPER).read_bytes()).hexdigest()
    name = Read(digest, 2, Box(0.1, 0.2, 0.4, 0.22), "虹杉精密塑膠股份有限公司", ACCEPTED)
    seen = Read(digest, 1, Box(0, 0, 1, 1), "王堃喆", ACCEPTED)
    person = Entry("org.responsible_person", "王堃喆", "clerk", WHEN, "", seen)
    facts = {"org.name": Fact("org.name", name.text, (name,)), person.field: Fact(person.field, person.value, (person,))}
    trace.save([fill(template.load()["F10"], CaseFacts(facts), WHEN)], folder / "forms")
    (folder / "decision.json").write_text(json.dumps({"programme": "green-giant", "edition": "x", "as_of": None, "outcome": "pass"}))
    (folder / "reading.jsonl").write_text(json.dumps({"sha256": digest, "pages": 2}) + "\n")
    printed(folder, proof.mark(proof.hashes(folder)))
    out = bundle.build_zip(folder, folder / "bundle.zip", proof.About("1151120-0001", WHEN, (17, "ab" * 32)))
    proof.seal(out, KEY)
    return out


def printed(folder: Path, mark: str) -> None:
    canvas = Canvas(str(folder / "bundle.pdf"))
    canvas.drawString(50, 50, mark)
    canvas.save()


def changed(whole: Path, to: Path, change: Callable[[Files], None], *, sign: bytes | None = None) -> Verdict:
    """The verdict after a change; with ``sign`` the manifest lists the files as they are then, and is signed anew."""
    with zipfile.ZipFile(whole) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    change(files)
    if sign:
        said = json.loads(files[proof.MANIFEST])
        said["files"] = {n: hashlib.sha256(d).hexdigest() for n, d in files.items() if n not in (proof.MANIFEST, proof.SIGNATURE)}
        said["mark"] = proof.mark(said["files"])
        printed(to, said["mark"])
        files["bundle.pdf"] = (to / "bundle.pdf").read_bytes()
        said["files"]["bundle.pdf"] = hashlib.sha256(files["bundle.pdf"]).hexdigest()
        files[proof.MANIFEST] = json.dumps(said).encode()
        files[proof.SIGNATURE] = json.dumps(proof.signed(files[proof.MANIFEST], sign)).encode()
    with zipfile.ZipFile(to / "changed.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return verify(to / "changed.zip")


def edited(name: str, edit: Callable[[Any], None]) -> Callable[[Files], None]:
    """A change inside a JSON file of the bundle."""
    def change(files: Files) -> None:
        data = json.loads(files[name])
        edit(data)
        files[name] = json.dumps(data, ensure_ascii=False).encode()

    return change


def origin(data: Any) -> Any:
    return next(s["origin"] for s in data["slots"].values() if s["origin"] and "box" in s["origin"])


def test_a_whole_bundle_is_whole(whole: Path) -> None:
    found = verify(whole, FINGERPRINT)
    assert found.faults == ()
    assert (found.case, found.made_at, found.log, found.signer) == ("1151120-0001", "2019-02-20T09:30:00", (17, "ab" * 32), FINGERPRINT)
    assert (found.forms, found.papers) == (1, 1)
    assert found.values >= 2
    assert verify(whole, FINGERPRINT.replace(" ", "").upper()).faults == ()


@pytest.mark.parametrize(("change", "said"), [
    (lambda f: f.update({DOCX: f[DOCX] + b"x"}), f"「{DOCX}」的內容與清單的雜湊不符"),
    (lambda f: f.pop(PAPER), f"清單上的「{PAPER}」不見了"),
    (lambda f: f.update({"forms/F99.docx": b"x"}), "「forms/F99.docx」不在清單上"),
    (lambda f: f.pop(proof.MANIFEST), "沒有清單"),
    (lambda f: f.update({proof.MANIFEST: b"["}), "清單 manifest.json 讀不出來"),
    (lambda f: f.update({proof.MANIFEST: b'{"files": 3}'}), "清單 manifest.json 讀不出來"),
    (lambda f: f.update({proof.MANIFEST: f[proof.MANIFEST] + b" "}), "簽章與清單不符"),
    (lambda f: f.pop(proof.SIGNATURE), "清單沒有簽章"),
    (lambda f: f.update({proof.SIGNATURE: b"{}"}), "簽章檔 manifest.sig 的格式不對"),
    (lambda f: f.update({proof.SIGNATURE: json.dumps(proof.signed(b"other", KEY)).encode()}), "簽章與清單不符"),
    (edited(TRACE, lambda t: origin(t).update(page=1)), f"「{TRACE}」的內容與清單的雜湊不符"),
    (edited("decision.json", lambda d: d.update(outcome="fail")), "清單所記的判定與 decision.json 不符"),
])
def test_a_change_from_outside_is_found(whole: Path, tmp_path: Path, change: Callable[[Files], None], said: str) -> None:
    found = changed(whole, tmp_path, change)
    assert any(said in fault for fault in found.faults), found.faults
    assert all(fault.endswith("。") for fault in found.faults)


@pytest.mark.parametrize(("change", "said"), [
    (edited(TRACE, lambda t: origin(t).update(page=3)), "來自第 3 頁，但該文件只有 2 頁"),
    (edited(TRACE, lambda t: origin(t).update(page=0)), "來自第 0 頁"),
    (edited(TRACE, lambda t: origin(t).update(box=[0.5, 0.2, 1.2, 0.3])), "所指的位置在頁面之外"),
    (edited(TRACE, lambda t: origin(t).update(box=[0.5, 0.2, 0.4, 0.3])), "所指的位置在頁面之外"),
    (edited(TRACE, lambda t: origin(t).update(box="here")), "內容不合格式"),
    (edited(TRACE, lambda t: origin(t).update(document="cd" * 32)), "這份文件不在卷內"),
    (edited(TRACE, lambda t: next(s for s in t["slots"].values() if s["origin"] and "confirms" in s["origin"])["origin"]["confirms"].update(
        page=9)), "來自第 9 頁"),
    (edited(TRACE, lambda t: next(s for s in t["slots"].values() if s["printed"]).update(printed="別家公司")), "表單上卻沒有這些字"),
    (edited(TRACE, lambda t: next(s for s in t["slots"].values() if s["printed"]).update(origin=None)), "印了值，卻沒有出處"),
    (edited(TRACE, lambda t: t.update(template_sha256="00" * 32)), "範本雜湊，清單與出處檔不一致"),
    (lambda f: f.update({"forms/F11.trace.json": f[TRACE]}), "沒有列在清單的表單裡"),
    (lambda f: f.update({DOCX: b"PK"}), f"表單「{DOCX}」打不開"),
    (lambda f: f.pop(DOCX), "沒有 Word 檔"),
    (lambda f: f.update({PAPER: f[PAPER] + b"\n"}), "與清單所記的雜湊不符"),
])
def test_what_does_not_fit_together_is_found_even_when_the_signer_lies(whole: Path, tmp_path: Path, change: Callable[[Files], None],
                                                                      said: str) -> None:
    found = changed(whole, tmp_path, change, sign=KEY)
    assert any(said in fault for fault in found.faults), found.faults


def test_nothing_changed_and_signed_anew_by_another_key_is_told_apart(whole: Path, tmp_path: Path) -> None:
    assert changed(whole, tmp_path, lambda files: None, sign=OTHER).faults == ()
    assert ["不是指定的那一把" in f for f in verify(tmp_path / "changed.zip", FINGERPRINT).faults] == [True]


def test_the_printed_half_of_another_bundle_is_told_apart(whole: Path, tmp_path: Path) -> None:
    printed(tmp_path, "00" * 32)
    other = (tmp_path / "bundle.pdf").read_bytes()

    def swap(files: Files) -> None:
        said = json.loads(files[proof.MANIFEST])
        files["bundle.pdf"], said["files"]["bundle.pdf"] = other, hashlib.sha256(other).hexdigest()
        files[proof.MANIFEST] = json.dumps(said).encode()
        files[proof.SIGNATURE] = json.dumps(proof.signed(files[proof.MANIFEST], KEY)).encode()

    assert changed(whole, tmp_path, swap).faults == ("「bundle.pdf」的封面沒有這份清單的識別碼，兩者不是同一次產生的。",)


def test_a_name_that_stands_twice_is_found(whole: Path, tmp_path: Path) -> None:
    file = Path(shutil.copyfile(whole, tmp_path / "twice.zip"))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCX, b"another")
    assert f"「{DOCX}」在壓縮檔裡出現兩次。" in verify(file).faults


@given(at=st.integers(0, 10**9), byte=st.integers(0, 255))
@settings(max_examples=5, deadline=None)
def test_no_byte_can_be_changed_unseen(whole: Path, at: int, byte: int) -> None:
    """Any byte of any file: the archive's own bookkeeping aside, whose change leaves every file as it was."""
    with zipfile.ZipFile(whole) as archive:
        before = {n: archive.read(n) for n in archive.namelist()}
    data = bytearray(whole.read_bytes())
    data[at % len(data)] = byte
    file = whole.with_name("byte.zip")
    file.write_bytes(data)
    if verify(file).faults:
        return
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == before


@given(st.binary(max_size=200))
@settings(max_examples=30, deadline=None)
def test_no_file_breaks_the_check(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.zip"
    file.write_bytes(data)
    assert verify(file).faults


def test_pieces_of_a_list_may_stand_apart() -> None:
    assert stands("甲 1,000；乙 2,000", "品名甲金額1,000品名乙金額2,000")
    assert not stands("甲 1,000；乙 3,000", "品名甲金額1,000品名乙金額2,000")
    assert stands("■甲、■乙丙", "□丁■甲■乙丙")


def test_the_code_leads_to_the_service_where_there_is_one() -> None:
    sheet = cover.Cover("申請文件", "1", "甲", "", "", "", WHEN, mark="ab" * 32)
    assert sheet.code == f"SHOUWEN/1 1 {'ab' * 32}"
    assert cover.Cover("申請文件", "1", "甲", "", "", "", WHEN, link="https://example.tw/cases/1/trace").code.startswith("https://")
