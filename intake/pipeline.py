"""The order of the work, on one screen: papers → readings → facts → decision → forms → bundle.

The command line and the worker both call these functions; each step is one stage's own work, and the stages meet only here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from domain.case import CaseFacts, merge
from domain.decision import Decision
from domain.errors import FormNotFilled, ReaderFailed, ShouwenError, UnknownForm, UnknownProgramme
from domain.field import Entry, FileReading
from domain.form import FilledForm
from domain.notice import Notice, notices
from eligibility import programme as programmes
from eligibility.decide import decide
from eligibility.programme import Programme
from extractors.read import digest
from generators import acroform, bundle, convert, cover, pages, proof, template, trace
from generators.fill import fill
from generators.proof import About
from generators.template import FormTemplate
from intake import order
from intake.work.cage import Cage

BUNDLE = "bundle.zip"
SENTENCES = {
    "pass": "符合資格：必要條件都已確認。",
    "fail": "不符合資格：有 {n} 項必要條件不符。",
    "needs_evidence": "尚未能判定：還有 {n} 項必要條件待補證明。",
    "undetermined": "尚未能判定：有 {n} 項必要條件須由主辦單位認定。",
}
"""What each outcome of a decision means, in one sentence."""

Progress = Callable[[str, int, int], None]
"""Called with a file's name, pages done, pages in all."""


def programme(programme_id: str) -> Programme:
    """The programme's folder, loaded. Raises UnknownProgramme."""
    known = programmes.load()
    if programme_id not in known:
        raise UnknownProgramme(programme_id, list(known))
    return known[programme_id]


def form(form_id: str) -> FormTemplate:
    """The newest edition of a form. Raises UnknownForm."""
    return _form(form_id, template.load())


def _form(form_id: str, known: Mapping[str, FormTemplate]) -> FormTemplate:
    if form_id not in known:
        raise UnknownForm(form_id, list(known))
    return known[form_id]


def read_files(files: Sequence[Path], cage: Cage, progress: Progress | None = None) -> list[FileReading]:
    """Read each file in the cage; a bad one gives a reading with ``error`` and the rest go on."""
    return [_read(f, cage, None if progress is None else partial(progress, f.name)) for f in files]


def _read(path: Path, cage: Cage, progress: Callable[[int, int], None] | None) -> FileReading:
    try:
        return cage.read(path, path.name, progress)
    except ReaderFailed as error:
        # READING has no code for a fault of ours; the sentence tells the truth
        return FileReading(path.name, digest(path), 0, (), ("corrupt", error.zh))


def merge_facts(readings: Sequence[FileReading], entries: Iterable[Entry] = ()) -> CaseFacts:
    return merge(readings, entries)


def decide_case(programme_id: str, facts: CaseFacts, as_of: date | None, today: date) -> Decision:
    """Ask the law with what is known for sure; doubtful and contradictory values count as unknown."""
    return decide(programme(programme_id), facts.known(), as_of, today)


def forms_wanted(programme_id: str, facts: CaseFacts) -> tuple[str, ...]:
    """The forms that the programme asks of this applicant and that we have."""
    drawn = template.load()
    return tuple(f for f in programme(programme_id).forms_for(facts.known(), drawn) if f in drawn)


def fill_forms(form_ids: Iterable[str], facts: CaseFacts, when: datetime) -> list[FilledForm]:
    """Each form in its newest edition. Raises UnknownForm, FormNotFilled."""
    known = template.load()
    return [fill(_form(f, known), facts, when) for f in form_ids]


def write_forms(forms: Sequence[FilledForm], folder: Path, formats: Sequence[str]) -> list[ShouwenError]:
    """Each form as DOCX with its trace, and in the other formats in one LibreOffice call. Returns what could not be made."""
    written = trace.save(forms, folder)
    others = [x for x in formats if x != "docx"]
    failures: list[ShouwenError] = []
    try:
        convert.convert(written, others, folder) if written and others else None
    except FormNotFilled as error:
        failures.append(error)
    failures += acroform.finish(forms, template.load(), folder)
    trace.save([c for c, f in zip(count_pages(forms, folder), forms, strict=True) if c is not f], folder)
    return failures


def count_pages(forms: Sequence[FilledForm], folder: Path) -> list[FilledForm]:
    """The forms with what their PDFs in ``folder`` tell of their length."""
    templates = template.load()
    return [pages.counted(f, templates[f.form], folder / f"{f.form}.pdf") for f in forms]


def _place(folder: Path, number: int, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    return folder / f"{number:02d}-{name}"


@dataclass(frozen=True)
class CaseResult:
    """What one run of a case gave."""

    readings: Sequence[FileReading]
    facts: CaseFacts
    decision: Decision
    forms: Sequence[FilledForm]
    failures: Sequence[ShouwenError]
    notices: Sequence[Notice] = ()


def work_case(programme_id: str, files: Sequence[Path], entries: Sequence[Entry], as_of: date | None, now: datetime, out: Path,
              cage: Cage, progress: Progress | None = None, formats: Sequence[str] = ("docx", "odt", "pdf"),
              key: bytes | None = None) -> CaseResult:
    """A whole case into one folder: the layout of FILLING.md. ``key`` signs the bundle."""
    wanted = programme(programme_id)
    readings = read_files(files, cage, progress)
    facts = merge_facts(readings, entries)
    decision = decide_case(programme_id, facts, as_of, now.date())
    forms = fill_forms(forms_wanted(programme_id, facts), facts, now)
    out.mkdir(parents=True, exist_ok=True)
    (out / "reading.jsonl").write_text("".join(line(r.as_json()) for r in readings), encoding="utf-8")
    write_json(out / "facts.json", facts.as_json())
    write_json(out / "decision.json", decision.as_json())
    failures = write_forms(forms, out / "forms", formats)
    copies = [Path(shutil.copyfile(f, _place(out / "papers", i, f.name))) for i, f in enumerate(files, 1)]
    failures += pack(out, wanted, readings, facts, decision, forms, copies, About(made_at=now))
    seal(out, key)
    return CaseResult(readings, facts, decision, forms, failures, notices(readings, entries, as_of or now.date()))


def seal(out: Path, key: bytes | None) -> None:
    """Sign the bundle in ``out``, where there is one and a key to sign with."""
    if key is not None and (out / BUNDLE).is_file():
        proof.seal(out / BUNDLE, key)


def pack(out: Path, wanted: Programme, readings: Sequence[FileReading], facts: CaseFacts, decision: Decision,
         forms: Sequence[FilledForm], files: Sequence[Path], about: About, site: str = "") -> list[ShouwenError]:
    """bundle.pdf (cover sheet, contents, forms and papers in the programme's order) and bundle.zip, not yet signed. ``site`` is the address
    of the service, for the code on the cover sheet. Returns what could not be made."""
    templates = template.load()
    forms = count_pages(forms, out / "forms")
    known = facts.known()
    applicant, number = str(known.get("org.name", "")), str(known.get("org.uniform_no", ""))
    link = f"{site}/cases/{about.case}/trace" if site and about.case else ""
    sheet = cover.Cover("申請文件彙編", about.case, applicant, number, wanted.name,
                        SENTENCES[decision.outcome].format(n=sum(f.outcome == decision.outcome and f.mandatory for f in decision.findings)),
                        about.made_at, cover.points(forms, templates, facts, {r.sha256: r.file for r in readings}),
                        cover.signs(forms, templates), order.bring(wanted, known), proof.mark(proof.hashes(out, out / BUNDLE)), link)
    printed = [bundle.Form(p, f.form, f.title) for f in forms if (p := out / "forms" / f"{f.form}.pdf").exists()]
    parts = order.parts(wanted, known, printed, files, {r.sha256: r for r in readings}, {f: sha256(f) for f in files})
    try:
        bundle.build_pdf(sheet, parts, out / "bundle.pdf")
        bundle.build_zip(out, out / BUNDLE, about)
    except FormNotFilled as error:
        return [error]
    return []


def line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
