"""The bundle is packed in a child process under limits: it opens the files that people sent, as reading does.

The child is ``pack_child``. It gets the case as a pickle of our own making and answers with one line a failure; when it dies or takes
too long there is no bundle, and the forms stand all the same.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.case import CaseFacts
from domain.decision import Decision
from domain.errors import FormNotFilled, ShouwenError
from domain.field import FileReading
from domain.form import FilledForm
from generators.proof import About

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300.0
BUNDLE = "bundle"


@dataclass(frozen=True)
class Parcel:
    """What is packed: ``out`` holds the forms already, ``files`` are the papers in it, ``about`` names the case, its time and the log's
    last line, ``site`` is the service's address for the code on the cover sheet."""

    out: Path
    programme: str
    readings: Sequence[FileReading]
    facts: CaseFacts
    decision: Decision
    forms: Sequence[FilledForm]
    files: Sequence[Path]
    about: About
    site: str = ""


def pack(parcel: Parcel, scratch: Path, seconds: float = SECONDS) -> list[ShouwenError]:
    """Make bundle.pdf and bundle.zip in ``parcel.out``. Returns what could not be made; never raises for a bad paper."""
    question, answer = scratch / "parcel", scratch / "failures"
    question.write_bytes(pickle.dumps(parcel))
    command = [sys.executable, "-P", "-m", "intake.work.pack_child", str(question), str(answer), str(os.getpid())]
    child = subprocess.Popen(command, cwd=scratch, env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)},
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        status = child.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return [FormNotFilled(BUNDLE, f"not packed within {seconds:.0f} s")]
    if status != 0:
        return [FormNotFilled(BUNDLE, f"the packer ended with status {status}")]
    return [FormNotFilled(form, detail) for form, detail in json.loads(answer.read_text(encoding="utf-8"))]
