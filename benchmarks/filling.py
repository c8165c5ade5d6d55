"""How fast forms are filled and printed: ``python -m benchmarks.filling [--cases N] [--workers W] [--against M]``.

A case is the four forms of one applicant of the green-giant programme, its facts varied from case to case. Filled with templates made
ready once and printed by a few LibreOffices on batches, against docxtpl opened anew and one soffice call for each form (for M forms).
Processor time is ours and our children's together, so that a busy machine does not change the figures; wall time stands beside it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from docxtpl import DocxTemplate

from domain.case import CaseFacts
from domain.field import Entry, Fact
from generators import convert, fill, template, trace, warm
from generators.office import Sheet, convert_many

FORMS = ("F10", "F11", "F12", "F13")
WHEN = datetime(2019, 2, 20, 9, 30)
SAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "cases" / "green-giant-company" / "facts.json"


@dataclass(frozen=True)
class Took:
    """Seconds of processor and of wall."""

    cpu: float
    wall: float


def timed(work: Callable[[], object]) -> Took:
    began, before = time.monotonic(), _cpu()
    work()
    return Took(_cpu() - before, time.monotonic() - began)


def _cpu() -> float:
    return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def case(number: int) -> CaseFacts:
    """The facts of one case: no two are alike."""
    given = json.loads(SAMPLE.read_text(encoding="utf-8"))
    given |= {"org.name": f"第{number}實業股份有限公司", "org.uniform_no": "04595257", "contact.name": f"聯絡人{number}",
              "org.registered_address": f"臺中市大里區仁化路一段{number}號", "fin.paid_in_capital": 1_000_000 + number}
    return CaseFacts({k: Fact(k, v, (Entry(k, v, "benchmark", WHEN),)) for k, v in given.items()})


def fill_all(numbers: Sequence[int], out: Path | None = None) -> int:
    """Fill every form of these cases; with ``out`` also write them with their traces. Returns how many forms."""
    templates = template.load()
    for n in numbers:
        facts = case(n)
        forms = [fill.fill(templates[f], facts, WHEN + timedelta(seconds=n)) for f in FORMS]
        if out is not None:
            trace.save(forms, out / f"{n:05d}")
    return len(numbers) * len(FORMS)


def side_by_side(cases: int, workers: int) -> None:
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(fill_all, [range(i, cases, workers) for i in range(workers)]))


def plainly(many: int, out: Path) -> None:
    """The usual way: docxtpl opens the template for each form, soffice is called for each form."""
    templates = template.load()
    for n in range(many):
        form = templates[FORMS[n % len(FORMS)]]
        document = DocxTemplate(str(form.docx))
        document.render(dict(fill.settle(form, case(n)).context), warm.environment())
        file = out / f"{n:05d}.docx"
        document.save(str(file))
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation={(out / 'profile').as_uri()}", "--convert-to",
                        convert.FILTERS["pdf"], "--outdir", str(out), str(file)], check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--against", type=int, default=8, metavar="M")
    asked = parser.parse_args()
    forms = asked.cases * len(FORMS)
    fill_all(range(1))
    alone = timed(lambda: fill_all(range(asked.cases)))
    both = timed(lambda: side_by_side(asked.cases, asked.workers))
    print(f"DOCX   {forms} forms of {asked.cases} cases: {forms / alone.cpu:.0f} a second of one processor "
          f"({alone.cpu:.1f} s, wall {alone.wall:.1f} s); {asked.workers} processes {forms / both.wall:.0f} a second of wall")
    with tempfile.TemporaryDirectory(prefix="shouwen-filling-") as name:
        room = Path(name)
        fill_all(range(asked.cases), room)
        sheets = [Sheet(f, f.parent) for f in sorted(room.glob("*/*.docx"))]
        failures: list[object] = []
        pdf = timed(lambda: failures.extend(convert_many(sheets, ["pdf"], workers=asked.workers)))
        made = len(list(room.glob("*/*.pdf")))
        print(f"PDF    {made} of {forms} forms, {len(failures)} failures: {pdf.cpu / forms:.3f} s of processor a form, "
              f"{forms / pdf.wall:.1f} forms a second of wall ({pdf.cpu:.0f} s, wall {pdf.wall:.0f} s)")
        (room / "plain").mkdir()
        plain = timed(lambda: plainly(asked.against, room / "plain"))
        ours, theirs = (alone.cpu + pdf.cpu) / forms, plain.cpu / asked.against
        print(f"plain  {asked.against} forms with docxtpl and a soffice call each: {theirs:.3f} s of processor a form; "
              f"ours {ours:.3f} s: {theirs / ours:.1f} times less")


if __name__ == "__main__":
    main()
