"""The demo: four log-ins and one sample case, put in through the same doors as any other."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from domain.vocabulary import check_facts
from intake.cli.work import SAMPLE
from intake.people import audit, demo
from intake.settings import Settings
from intake.store import repository
from intake.store.database import Database
from intake.store.papers import PaperStore, chunks
from intake.web.account import CONSENT_VERSION
from intake.work import client


def prepare(database: Database, settings: Settings) -> None:
    """Make the demo accounts, and the sample case where the demo applicant has none yet; the worker then reads it."""
    about: dict[str, Any] = yaml.safe_load((SAMPLE / "case.yaml").read_text(encoding="utf-8"))
    facts = check_facts(json.loads((SAMPLE / "facts.json").read_text(encoding="utf-8")))
    store = PaperStore(settings.papers_dir, settings.upload_max_bytes)
    with database.session() as session:
        applicant, clerk, *_ = demo.create(session)
        if repository.cases_of(session, applicant):
            return
        case = repository.create_case(session, about["programme"], applicant)
        audit.record(session, applicant, audit.ADD, f"case/{case.number}", {"demo": True})
        repository.agree(session, case.id, applicant, CONSENT_VERSION)
        audit.record(session, applicant, audit.CONSENT, f"case/{case.number}", {"text": CONSENT_VERSION})
        for name in about["files"]:
            with (SAMPLE / name).open("rb") as file:
                stored = store.put(chunks(file))
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            paper = repository.add_paper(session, case.id, stored, Path(name).name, media_type, applicant)
            client.enqueue_read(session, paper.id)
            audit.record(session, applicant, audit.ADD, f"paper/{paper.id}")
        repository.submit(session, case.id, repository.case(session, case.id).version)
        audit.record(session, applicant, audit.ADD, f"case/{case.number}", {"state": "submitted"})
        for field, value in facts.items():
            # the day of the submission is the service's own, today: only a clerk may say that the sample came on another
            who = clerk if field in ("app.submitted_date", "app.received_date") else applicant
            repository.add_entry(session, case.id, who, field, value, repository.case(session, case.id).version, "範例案件")
        client.enqueue_fill(session, case.id)


def tell(console: Console) -> None:
    """Print the four log-ins."""
    roles = {"applicant": "申請單位 applicant", "clerk": "承辦 clerk", "auditor": "稽核 auditor", "manager": "管理 manager"}
    for a in demo.ACCOUNTS:
        console.print(f"  {roles[a.role]:　<8}　{a.login}　{a.password}")
