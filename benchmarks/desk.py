"""How long does a page of the desks take with a year of an office in the database? ``.venv/bin/python -m benchmarks.desk [--cases N]
[--json FILE|-] [--keep FOLDER] [--database URL]``

The cases are copies of the sample case with other firms, days and states: three papers with their readings, what people entered, decisions,
events, jobs and lines of the log, all written through the store. Each page is asked for as its own role, without a network between; its
figures are the median of ``--rounds``: milliseconds of wall time, milliseconds of the processor, statements of the database, and the
milliseconds for which SQLite's write lock was held. ``--keep`` keeps the folder, and takes it up again where it is there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import event, func, select, text, update
from sqlalchemy.orm import Session

from domain.case import CaseFacts
from domain.decision import Decision
from domain.document import Box
from domain.field import ACCEPTED, DocumentReading, FileReading, Reading
from intake import clock, deadlines, pipeline
from intake.people import accounts, audit
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER, Person
from intake.settings import Settings
from intake.store import migrate, repository
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.tables import CaseRow, Event, Job, PaperRow, ReadingRow
from intake.store.views import PASSED, REFUSED, REVIEWING, SUPPLEMENT
from intake.web.main import create_app
from intake.web.security import SESSION_COOKIE

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "cases" / "green-giant-company"
PROGRAMME, PASSWORD = "green-giant", "Shouwen-2026"
FIRMS_SHARE, DAYS = 3, 400
"""One firm has so many cases; they came in over so many days."""
LINES_A_CASE = 12
TARGET_MS = 300.0
PAGES = (
    (CLERK, "/desk"), (CLERK, "/desk?sort=doubts"), (CLERK, "/desk?q=塑膠"), (CLERK, "/desk?q=找不到的字"), (CLERK, "/desk?state=passed"),
    (CLERK, "/desk?page=10"), (CLERK, "/desk/next"), (CLERK, "/desk/cases/{number}"), (CLERK, "/desk/unclaimed"),
    (CLERK, "/desk/export.csv"),
    (APPLICANT, "/cases"), (APPLICANT, "/cases/{own}/result"), (APPLICANT, "/rights"),
    (AUDITOR, "/audit"), (AUDITOR, "/audit?record=case/{number}"), (AUDITOR, "/audit/figures"),
    (AUDITOR, "/audit/value?case={number}&field=org.name"), (AUDITOR, "/audit/rekey"),
    (MANAGER, "/manage"), (MANAGER, "/manage/people"), (MANAGER, "/manage/keeping"), (MANAGER, "/manage/rights"),
)


@dataclass(frozen=True)
class Timing:
    """One page: milliseconds on the clock and of the processor, statements, milliseconds with the write lock, kilobytes."""

    role: str
    page: str
    wall: float
    cpu: float
    statements: int
    locked: float
    kilobytes: float


def readings() -> list[FileReading]:
    """What is printed on the sample's papers, as if it had been read without a doubt."""
    out = []
    for line in (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        papers = [DocumentReading(d["kind"], 0.99, tuple(d["pages"]), {
            name: Reading(f["value"], str(f["value"]), f["page"], Box(*f["box"]), 0.99, ACCEPTED, ("text-layer", "label", "sole"))
            for name, f in d["fields"].items() if f.get("box")}) for d in told["documents"]]
        said = "\n".join(f"{name} {r.text}" for p in papers for name, r in p.fields.items())
        out.append(FileReading(told["file"], told["sha256"], told["pages"], tuple(papers), text=said * 4))
    return out


def seed(database: Database, cases: int) -> None:
    """Fill an empty database. The same number gives the same office."""
    draw, found = random.Random(7), readings()
    with database.session() as session:
        people = {role: accounts.create_staff(session, f"{role}-a", role, f"示範{role}", f"{role}@example.com", PASSWORD)
                  for role in (CLERK, AUDITOR, MANAGER)}
        first = accounts.create_staff(session, "firm-00000", APPLICANT, "示範商行", "firm@example.com", PASSWORD)
        hashed = session.execute(text("select password_hash from accounts where login = 'firm-00000'")).scalar_one()
    facts, decision = _decided(database, found, first)
    for begin in range(0, cases, 100):
        with database.session() as session:
            for n in range(begin, min(cases, begin + 100)):
                firm = n // FIRMS_SHARE + 1
                login = f"firm-{firm:05d}"
                if n % FIRMS_SHARE == 0:
                    session.execute(text("insert into accounts (login, role, name, email, password_hash, state, created_at) values "
                                         "(:login, 'applicant', :name, :mail, :hash, 'active', :at)"),
                                    {"login": login, "name": f"示範{firm}號股份有限公司", "mail": f"{login}@example.com", "hash": hashed,
                                     "at": clock.now()})
                owner = accounts.person(session, login)
                assert owner is not None
                _case(session, n, owner, people[CLERK], found, facts, decision, draw)
    with database.session() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("analyze"))


def _decided(database: Database, found: Sequence[FileReading], owner: Person) -> tuple[CaseFacts, Decision]:
    """The facts and the decision of one such case, which all others have too."""
    with database.session() as session:
        case = repository.create_case(session, PROGRAMME, owner)
        repository.agree(session, case.id, owner, "F11")
        _papers(session, case.id, 0, owner, found)
        facts = repository.facts(session, case.id)
        decision = pipeline.decide_case(PROGRAMME, facts, None, clock.today())
        repository.save_decision(session, case.id, "bench-first", decision, facts, found)
    return facts, decision


def _papers(session: Session, case_id: int, n: int, owner: Person, found: Sequence[FileReading]) -> None:
    for i, reading in enumerate(found):
        sha256 = hashlib.sha256(f"{n} {i}".encode()).hexdigest()
        paper = repository.add_paper(session, case_id, Stored(sha256, 200_000), reading.file, "application/pdf", owner)
        own = FileReading(reading.file, sha256, reading.pages, reading.documents, text=reading.text)
        repository.save_reading(session, paper.id, f"bench-{n}-{i}", own, "bench")
        session.add(Job(id=f"bench-read-{n}-{i}", kind="read", subject=paper.id, created_at=clock.now(), done_at=clock.now(), error=""))


def _case(session: Session, n: int, owner: Person, clerk: Person, found: Sequence[FileReading], facts: CaseFacts, decision: Decision,
          draw: random.Random) -> None:
    case = repository.create_case(session, PROGRAMME, owner)
    repository.agree(session, case.id, owner, "F11")
    _papers(session, case.id, n + 1, owner, found)
    version = repository.add_entry(session, case.id, owner, "contact.name", f"陳示範{n % 97}", 0, "")
    version = repository.submit(session, case.id, version).version
    for field in ("contact.title", "contact.phone")[:1 + n % 2]:
        version = repository.add_entry(session, case.id, clerk, field, "示範", version, "看過文件，確認無誤")
    for step in range(2):
        repository.save_decision(session, case.id, f"bench-{n}-{step}", decision, facts, found)
    state = draw.choices((REVIEWING, SUPPLEMENT, PASSED, REFUSED, ""), (20, 10, 40, 10, 20))[0]
    if state:
        repository.set_state(session, case.id, state, version)
    deadlines.keep(session, case.id)
    for i in range(LINES_A_CASE):
        audit.record(session, (owner, clerk, None)[i % 3], audit.LOOK, f"case/{case.number}")
    came = clock.now() - timedelta(days=draw.uniform(0, DAYS))
    over = came + timedelta(days=draw.uniform(0.5, 20))
    session.execute(update(CaseRow).where(CaseRow.id == case.id).values(
        created_at=came, submitted_at=came, received_on=came.date(), title=f"示範{n}號塑膠股份有限公司", doubts=n % 5))
    session.execute(update(Event).where(Event.case_id == case.id).values(at=over))
    of_case = select(PaperRow.id).where(PaperRow.case_id == case.id)
    session.execute(update(Job).where(Job.kind == "read", Job.subject.in_(of_case)).values(
        created_at=came, done_at=came + timedelta(seconds=draw.uniform(1, 40))))
    session.execute(update(ReadingRow).where(ReadingRow.paper_id.in_(of_case)).values(at=came))


@contextmanager
def watched(database: Database) -> Iterator[dict[str, float]]:
    """Counts statements, and the seconds between taking and letting go of SQLite's write lock."""
    seen: dict[str, float] = {"statements": 0, "locked": 0.0, "since": 0.0}

    def before(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen["statements"] += 1
        if statement == "BEGIN IMMEDIATE":
            seen["since"] = time.perf_counter()

    def end(_c: Any) -> None:
        if seen["since"]:
            seen["locked"] += time.perf_counter() - seen["since"]
            seen["since"] = 0.0

    listeners = (("before_cursor_execute", before), ("commit", end), ("rollback", end))
    for name, listener in listeners:
        event.listen(database.engine, name, listener)
    yield seen
    for name, listener in listeners:
        event.remove(database.engine, name, listener)


def timings(settings: Settings, rounds: int) -> list[Timing]:
    """Every page, as its own role."""
    app = create_app(settings)
    database: Database = app.state.service.database
    with database.session() as session:
        number, owner = session.execute(select(CaseRow.number, CaseRow.applicant_id).where(CaseRow.state == REVIEWING)
                                        .order_by(func.length(CaseRow.search).desc(), CaseRow.id).limit(1)).one()
        login = session.execute(text("select login from accounts where id = :id"), {"id": owner}).scalar_one()
        logins = {APPLICANT: login, **{r: f"{r}-a" for r in (CLERK, AUDITOR, MANAGER)}}
        tokens = {role: accounts.sign_in(session, name, PASSWORD, "bench")[0] for role, name in logins.items()}
    out = []
    for role, page in PAGES:
        client = TestClient(app, cookies={SESSION_COOKIE: tokens[role]}, follow_redirects=False)
        address = page.format(number=number, own=number)
        with watched(database) as seen:
            taken = []
            for _ in range(rounds + 1):
                before, wall, cpu = dict(seen), time.perf_counter(), time.process_time()
                answer = client.get(address)
                spent = ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, seen["statements"] - before["statements"],
                         (seen["locked"] - before["locked"]) * 1000)
                if answer.status_code not in (200, 303):
                    raise SystemExit(f"{address}: {answer.status_code}")
                taken.append(spent)
        # the first fills what is kept for later: templates, programmes, pages of the database
        middle = [statistics.median(column) for column in zip(*taken[1:], strict=True)]
        out.append(Timing(role, page, round(middle[0], 1), round(middle[1], 1), int(middle[2]), round(middle[3], 1),
                          round(len(answer.content) / 1000, 1)))
    app.state.service.close()
    return out


def show(found: Sequence[Timing]) -> None:
    print(f"{'role':10}{'wall ms':>9}{'cpu ms':>8}{'statements':>12}{'locked ms':>11}{'KB':>8}  page")
    for t in found:
        late = "  !" if t.cpu > TARGET_MS else ""
        print(f"{t.role:10}{t.wall:9.1f}{t.cpu:8.1f}{t.statements:12}{t.locked:11.1f}{t.kilobytes:8.1f}  {t.page}{late}")


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--cases", type=int, default=3000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--json", help="print the figures for machines, into a file or (-) here")
    asked.add_argument("--keep", type=Path, help="a folder for the database, kept; seeded only where it is empty")
    asked.add_argument("--database", default="", help="another database than SQLite in the folder")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="shouwen-desk-") as temporary:
        settings = Settings(data_dir=given.keep or Path(temporary), database_url=given.database)
        database = migrate.upgrade(settings)
        with database.reading() as session:
            there = accounts.count(session)
        if not there:
            begun = time.process_time()
            seed(database, given.cases)
            print(f"{given.cases} cases written in {time.process_time() - begun:.0f} s of the processor", file=sys.stderr)
        database.close()
        found = timings(settings, given.rounds)
    if given.json:
        told = json.dumps([asdict(t) for t in found], ensure_ascii=False, indent=1)
        print(told) if given.json == "-" else Path(given.json).write_text(told + "\n", encoding="utf-8")
    else:
        show(found)


if __name__ == "__main__":
    main()
