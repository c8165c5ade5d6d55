"""Real worker processes for the tests, and papers for them to read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

from intake.people.person import Person
from intake.settings import Settings
from intake.store import repository
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Job
from intake.store.views import CaseView
from intake.work import client

ROOT = Path(__file__).resolve().parents[2]
FONT = "MSung-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def paper(folder: Path, number: int, pages: int = 1) -> bytes:
    """A PDF with a text layer that is like no other, so that no engine has to be loaded."""
    path = folder / f"{number}.pdf"
    canvas = Canvas(str(path), invariant=True)
    for page in range(pages):
        for line in range(12):
            canvas.setFont(FONT, 12)
            canvas.drawString(72, 760 - 20 * line, f"第{number}份文件第{page + 1}頁第{line + 1}行，這一行的文字足夠長，讀得出來")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


class Workers:
    """Starts worker processes of the program in ``root`` and ends every one of them."""

    def __init__(self, settings: Settings, root: Path = ROOT) -> None:
        self.root = root
        self.settings, self.log = settings, settings.data_dir / "worker.log"
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str = "worker-1") -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "SHOUWEN_DATA_DIR": str(self.settings.data_dir), "SHOUWEN_DATABASE_URL": self.settings.database_url,
            "SHOUWEN_WORKER_NAME": name,
            "SHOUWEN_WORKER_POLL_SECONDS": "0.05", "SHOUWEN_WORKER_BEAT_SECONDS": "0.5",
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "intake.work.worker"], cwd=self.root, env=environment, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


def upload(database: Database, settings: Settings, case: CaseView, person: Person, content: bytes, name: str) -> int:
    stored = PaperStore(settings.papers_dir).put([content])
    with database.session() as session:
        added = repository.add_paper(session, case.id, stored, name, "application/pdf", person)
        client.enqueue_read(session, added.id)
        return added.id


def wait(for_what: Callable[[], bool], workers: Workers, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not for_what():
        alive = any(process.poll() is None for process in workers.running)
        assert alive and time.monotonic() < end, workers.log.read_text()[-4000:]  # noqa: PT018 both ends show the log
        time.sleep(0.05)


def idle(database: Database) -> bool:
    with database.reading() as session:
        return not session.scalar(select(func.count()).select_from(Job).where(Job.done_at.is_(None)))
