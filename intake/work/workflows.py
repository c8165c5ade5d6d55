"""The durable work, one workflow a job: read a paper, settle a case, fill its forms.

A workflow may be stopped at any point and run again from its last finished step, also by another worker. So each step can be run
twice without a second effect: files are named by their content, rows carry the job that made them (``run``), and what ends a job
is one transaction that looks first whether the job is done. Times come from the job, not the clock, so a second run makes the same bytes.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfiguredInstance
from sqlalchemy import select

from domain.errors import READ_CODES, NotFound, ReaderFailed, ReadRefused
from domain.field import FileReading
from domain.form import FilledForm
from generators.proof import About
from intake import clock, deadlines, form_age, form_places, pipeline
from intake.people import audit
from intake.store import erase, events, repository, stops
from intake.store.database import Database
from intake.store.faults import LOST, PAPER_ERRORS
from intake.store.papers import PaperStore, chunks
from intake.store.repository import FormFiles
from intake.store.tables import CaseRow, Job
from intake.store.views import PaperView, Picture
from intake.work import client, jobs, packing, webp
from intake.work.cage import Cage
from intake.work.cages import Cages
from intake.work.edition import ENGINE
from intake.work.packing import Parcel

LOG = logging.getLogger(__name__)
RECOVERIES = 50
"""How often a workflow may be taken up again after a worker died in it, before it is given up."""
AGAIN: Mapping[str, Any] = {"retries_allowed": True, "max_attempts": 4, "interval_seconds": 2, "backoff_rate": 5}
"""What fails for no reason of the paper (a busy database, a full disk, no child that starts) is tried after 2, 10 and 50 seconds."""
TELL_SECONDS = 0.3
_UNSAFE_IN_NAMES = re.compile(r"[^\w.()（）-]+")
FORMATS = ("docx", "odt", "pdf")


def gone(paper: PaperView) -> FileReading:
    """What a read gives of a paper whose bytes are not in the store: what was unsafe to keep is said to be so again, anything else is
    missing by our fault."""
    code = paper.error_code if paper.error_code in READ_CODES else LOST
    return FileReading(paper.name, paper.sha256, 0, (), (code, PAPER_ERRORS[code]))


@DBOS.dbos_class("Work")
class Work(DBOSConfiguredInstance):
    """What the workflows need: the database, the files, the cages in which papers are read, a folder for drafts, the key that signs
    bundles, the service's address."""

    def __init__(self, database: Database, papers: PaperStore, cages: Cages, drafts: Path, key: bytes | None = None,
                 site: str = "") -> None:
        super().__init__("work")
        self.database, self.papers, self.cages, self.drafts, self.key, self.site = database, papers, cages, drafts, key, site

    @DBOS.workflow(max_recovery_attempts=RECOVERIES)
    def read_paper(self, job: str, paper_id: int) -> None:
        """Read a paper in a cage and keep its reading and page pictures; then its case is to be settled."""
        self._read(job, paper_id)
        self._read_done(job, paper_id)

    @DBOS.step(**AGAIN)
    def _read(self, job: str, paper_id: int) -> None:
        with jobs.ending(self.database, job):
            self._read_once(job, paper_id)

    def _read_once(self, job: str, paper_id: int) -> None:
        with self.database.session() as session:
            if repository.has_reading(session, job):
                return
            if not stops.may_keep(session, paper_id):
                # the job stays open: it waits until the applicant lets the case go on
                return
            repository.start_reading(session, paper_id)
            paper = repository.paper(session, paper_id)
        found, pictures = self._look(paper)
        with self.database.session() as session:
            if not stops.may_keep(session, paper_id):
                # stopped or erased while it was being read
                erase.discard(session, self.papers, [p.sha256 for p in pictures])
                return
            for picture in pictures:
                repository.save_picture(session, paper_id, picture)
            repository.save_reading(session, paper_id, job, found, ENGINE)
        if found.unsafe:
            self.papers.discard(paper.sha256)

    def _look(self, paper: PaperView) -> tuple[FileReading, list[Picture]]:
        try:
            path = self.papers.path(paper.sha256)
        except NotFound:
            LOG.error("the bytes of paper %s are gone", paper.id)
            return gone(paper), []
        with self.cages.one() as cage:
            found = cage.read(path, paper.name, self._teller(paper))
            return found, [] if found.error else self._pictures(cage, path, dict(enumerate(found.turned, 1)))

    def _pictures(self, cage: Cage, path: Path, turned: Mapping[int, int]) -> list[Picture]:
        """The pages as displayed, drawn in the cage, and the turn that makes each upright. What can be read but not drawn has none."""
        with tempfile.TemporaryDirectory(dir=self.drafts) as folder:
            try:
                files = cage.pictures(path, Path(folder))
            except (ReadRefused, ReaderFailed) as error:
                LOG.warning("no pictures of %s: %s", path.name, error)
                return []
            out = []
            for page, file in enumerate(files, 1):
                drawn = file.read_bytes()
                out.append(Picture(page, self.papers.put([drawn]).sha256, *webp.size(drawn), turned.get(page, 0)))
            return out

    def _teller(self, paper: PaperView) -> Callable[[int, int], None]:
        """Tells the live pages which page is being read, not more often than they look."""
        last = 0.0

        def tell(done: int, pages: int) -> None:
            nonlocal last
            if time.monotonic() - last >= TELL_SECONDS or done == pages:
                last = time.monotonic()
                with self.database.session() as session:
                    events.emit(session, paper.case_id, "paper",
                                {"paper": paper.id, "name": paper.name, "state": "reading", "page": done, "pages": pages})

        return tell

    @DBOS.step(**AGAIN)
    def _read_done(self, job: str, paper_id: int) -> None:
        with self.database.session() as session:
            if repository.has_reading(session, job) and jobs.finish(session, job):
                paper = repository.paper(session, paper_id)
                client.enqueue_settle(session, paper.case_id)
                audit.record(session, None, audit.READ, f"paper/{paper_id}",
                             {"sha256": paper.sha256, "state": paper.state, "engine": ENGINE})

    @DBOS.workflow(max_recovery_attempts=RECOVERIES)
    def settle_case(self, job: str, case_id: int) -> None:
        """Merge what the case knows and ask the law."""
        self._settle(job, case_id)

    @DBOS.step(**AGAIN)
    def _settle(self, job: str, case_id: int) -> None:
        with jobs.ending(self.database, job), self.database.session() as session:
            # whoever settles the case next must see what this one saw, or later
            session.execute(select(CaseRow.id).where(CaseRow.id == case_id).with_for_update())
            if stops.stopped(session, case_id) or not jobs.finish(session, job):
                return
            case = repository.case(session, case_id)
            facts = repository.facts(session, case_id)
            decision = pipeline.decide_case(case.programme, facts, None, clock.today())
            repository.save_decision(session, case_id, job, decision, facts, repository.readings(session, case_id))
            deadlines.keep(session, case_id)
            audit.record(session, None, audit.DECIDE, f"case/{case.number}",
                         {"programme": decision.programme, "edition": decision.edition, "outcome": decision.outcome})

    @DBOS.workflow(max_recovery_attempts=RECOVERIES)
    def fill_case(self, job: str, case_id: int) -> None:
        """Fill the forms that the programme asks for and pack everything."""
        self._fill(job, case_id)

    @DBOS.step(**AGAIN)
    def _fill(self, job: str, case_id: int) -> None:
        with jobs.ending(self.database, job):
            self._fill_once(job, case_id)

    def _fill_once(self, job: str, case_id: int) -> None:
        with self.database.reading() as session:
            asked = session.get(Job, job)
            if asked is None or asked.done_at is not None or stops.stopped(session, case_id):
                return
            case, facts = repository.case(session, case_id), repository.facts(session, case_id)
            papers, readings = repository.papers(session, case_id), repository.readings(session, case_id)
            # from before the job, so that a second run names the same line
            log = audit.last(session, before=asked.created_at)
        decision = pipeline.decide_case(case.programme, facts, None, clock.today())
        forms = pipeline.fill_forms(pipeline.forms_wanted(case.programme, facts), facts, asked.created_at)
        with tempfile.TemporaryDirectory(dir=self.drafts) as name:
            out, scratch = Path(name) / "case", Path(name) / "scratch"
            out.mkdir()
            scratch.mkdir()
            files = self._named(papers, out / "papers")
            (out / "reading.jsonl").write_text("".join(pipeline.line(r.as_json()) for r in readings), encoding="utf-8")
            pipeline.write_json(out / "facts.json", facts.as_json())
            pipeline.write_json(out / "decision.json", decision.as_json())
            problems = pipeline.write_forms(forms, out / "forms", FORMATS)
            places = form_places.find([f.form for f in forms], facts, asked.created_at, out / "forms", scratch / "places")
            about = About(case.number, asked.created_at, log)
            problems += packing.pack(Parcel(out, case.programme, readings, facts, decision, forms, files, about, self.site), scratch)
            pipeline.seal(out, self.key)
            mark = form_age.mark(facts)
            kept = [self._kept(f, out / "forms", {"places": places.get(f.form, {}), form_age.MARK: mark}) for f in forms]
            pdf, packed = self._file(out / "bundle.pdf"), self._file(out / "bundle.zip")
        with self.database.session() as session:
            if stops.stopped(session, case_id) or session.get(Job, job) is None:
                made = [f for k in kept for f in (k.docx_sha256, k.odt_sha256, k.pdf_sha256)]
                erase.discard(session, self.papers, [f for f in (*made, pdf, packed) if f])
            elif jobs.finish(session, job):
                repository.save_forms(session, case_id, job, kept, pdf, packed, tuple(p.zh for p in problems))
                audit.record(session, None, audit.FILL, f"case/{case.number}", {"forms": [f"{f.form}/{f.edition}" for f in forms]})

    def _named(self, papers: list[PaperView], folder: Path) -> list[Path]:
        """The papers under the names that people gave them, numbered, made safe for any file system. One that was unsafe to keep
        is left out."""
        folder.mkdir()
        out = []
        for number, paper in enumerate(papers, 1):
            path = folder / f"{number:02d}-{_UNSAFE_IN_NAMES.sub('_', paper.name)[-80:]}"
            try:
                shutil.copyfile(self.papers.path(paper.sha256), path)
            except NotFound:
                LOG.warning("the bytes of paper %s are not kept", paper.id)
                continue
            out.append(path)
        return out

    def _kept(self, form: FilledForm, folder: Path, beside: Mapping[str, Any]) -> FormFiles:
        """The form's files in the store, its trace with what is kept ``beside`` it."""
        docx = self.papers.put([form.docx]).sha256
        return FormFiles(form.form, form.edition, form.title, docx, self._file(folder / f"{form.form}.odt"),
                         self._file(folder / f"{form.form}.pdf"), {**form.trace(), **beside})

    def _file(self, path: Path) -> str | None:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return self.papers.put(chunks(file)).sha256
