"""What comes in by itself ends on the desk of a clerk or in its case, and the table leaves the house as a file that is safe to open."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

from house import FORM, PEOPLE, House, sample, wait
from hypothesis import given
from hypothesis import strategies as st

from intake.arrivals import place
from intake.people import audit, keys
from intake.people.audit import AuditFilter
from intake.store import arrivals, repository
from intake.store.tables import CaseRow
from intake.store.views import READ
from intake.web import hooks, sheets
from intake.web.text import english

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_a_scan_goes_through_the_folder_into_its_case_and_is_read(house: House) -> None:
    visitor = house.signed_in("rival")
    number = visitor.new_case()
    scans = house.settings.data_dir / "scans"
    path = scans / f"{number} 變更登記表.pdf"
    path.write_bytes(sample(FORM).read_bytes())
    wait(lambda: not path.exists())
    house.settle(number)
    with house.database.reading() as session:
        found = repository.papers(session, repository.case(session, number).id)
    assert [(p.name, p.state) for p in found] == [(path.name, READ)]
    assert len(list((scans / "done").rglob("*.說明.txt"))) >= 1


def test_a_clerk_finds_what_belongs_nowhere_and_says_whose_it_is(house: House) -> None:
    shop = house.signed_in("shop")
    number, unconsented = shop.new_case(), shop.new_case(consent=False)
    scans = house.settings.data_dir / "scans"
    for name in ("沒有頭緒.pdf", "不要的.pdf"):
        (scans / name).write_bytes(sample(FORM).read_bytes() + name.encode())
    wait(lambda: not any((scans / name).exists() for name in ("沒有頭緒.pdf", "不要的.pdf")))
    clerk = house.signed_in("clerk")
    page = clerk.get("/desk/unclaimed").text
    assert "檔名或資料夾開頭沒有統一編號或案號" in page
    with house.database.reading() as session:
        ids = {a.name: a.id for a in arrivals.parked(session)}
        sha = {a.name: a.sha256 for a in arrivals.parked(session)}
    one, two = ids["沒有頭緒.pdf"], ids["不要的.pdf"]
    assert clerk.get(f"/desk/unclaimed/{one}/file").content == sample(FORM).read_bytes() + "沒有頭緒.pdf".encode()
    clerk.get("/desk/unclaimed")
    for wrong in ("9990101-0001", unconsented):
        refused = clerk.post(f"/desk/unclaimed/{one}/attach", {"number": wrong})
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert clerk.post(f"/desk/unclaimed/{one}/attach", {"number": number}).url.path == "/desk/unclaimed"
    house.settle(number)
    assert clerk.post(f"/desk/unclaimed/{two}/dismiss").url.path == "/desk/unclaimed"
    assert "不要的.pdf" not in clerk.page
    assert clerk.get(f"/desk/unclaimed/{two}/file").status_code == 404
    kept = house.settings.papers_dir / sha["不要的.pdf"][:2] / sha["不要的.pdf"][2:4] / sha["不要的.pdf"]
    wait(lambda: not kept.exists())
    with house.database.reading() as session:
        assert [p.name for p in repository.papers(session, repository.case(session, number).id)] == ["沒有頭緒.pdf"]
        lines = audit.search(session, AuditFilter(who=PEOPLE["clerk"][0], record=f"arrival/{two}"))
        assert [x.action for x in lines] == [audit.DELETE]
    applicant = house.signed_in("shop")
    assert applicant.get("/desk/unclaimed").status_code == 403


def test_every_reason_and_word_on_these_pages_has_its_english() -> None:
    reasons = [v for k, v in vars(place).items() if k.isupper() and isinstance(v, str) and not v.isascii()]
    said = [*reasons, *arrivals.WAYS.values(), *keys.SCOPES.values(), *hooks.KINDS.values(),
            *(w for _, _, w in (*hooks.STATES.values(), *hooks.DELIVERY_STATES.values()))]
    assert len(reasons) >= 11
    assert [s for s in said if s not in english()] == []


def cells(xlsx: bytes) -> list[list[str]]:
    """The texts of the one sheet of a workbook, read without the library that wrote it."""
    book = zipfile.ZipFile(io.BytesIO(xlsx))
    shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(t.text or "" for t in s.iter(f"{SHEET}t")) for s in shared]
    page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(page.iter(f"{SHEET}f"))
    out = []
    for row in page.iter(f"{SHEET}row"):
        line = []
        for cell in row:
            value = cell.findtext(f"{SHEET}v") or ""
            line.append(texts[int(value)] if cell.get("t") == "s" else value)
        out.append(line)
    return out


def test_the_table_as_a_file_is_the_table_that_is_shown(house: House) -> None:
    number = house.read_case()
    api = house.api("shop")
    api.post(f"/cases/{number}/submit", json={"version": api.get(f"/cases/{number}").json()["version"]})
    house.settle(number)
    with house.database.session() as session:
        session.query(CaseRow).filter(CaseRow.number == number).update({"title": "=cmd|1股份有限公司"})
    clerk = house.signed_in("clerk")
    assert f"/desk/export.xlsx?state=submitted&amp;q={number}" in clerk.get("/desk", params={"state": "submitted", "q": number}).text
    asked = {"state": "submitted", "q": number}
    sheet = clerk.get("/desk/export.csv", params=asked)
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [r["案號"] for r in rows] == [number]
    assert rows[0]["申請人"].startswith("'=c○")
    assert rows[0]["收件日"]
    book = cells(clerk.get("/desk/export.xlsx", params=asked).content)
    assert book[0][0] == "案號"
    assert book[1][0] == number
    assert book[1][2].startswith("=c○")
    clerk.get("/desk")
    chosen = clerk.post("/desk/export.csv", {"case": [f"{number}:1", "9990101-0001:0"]}).content.decode("utf-8-sig")
    assert len(chosen.splitlines()) == 2
    with house.database.reading() as session:
        line = audit.search(session, AuditFilter(action=audit.EXPORT, record="queue"))[0]
        assert line.detail["lines"] == 1
    assert house.signed_in("shop").get("/desk/export.csv").status_code == 403
    assert clerk.get("/desk/export.exe").status_code == 404


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    written = sheets.as_csv(["x"], [[text]]).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(written, newline="")))
    assert not (back[1] and re.match(r"[=+\-@\t\r\n]", back[1][0]))
