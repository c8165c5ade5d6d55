"""DOCX to ODT and PDF through LibreOffice, many files in one call.

LibreOffice runs in a process group of its own with a profile of its own in a temporary folder, so that nothing of the user's is
read or left behind, and two conversions never meet. 標楷體 prints in TW-Kai by a font configuration that only this process sees.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from domain.errors import FormNotFilled
from generators import archival

FONTS = Path(__file__).resolve().parent / "fonts" / "fonts.conf"
FILTERS = {
    "odt": "odt:writer8",
    # version 2 is PDF/A-2b (ISO 19005-2)
    "pdf": 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
           '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"false"}}',
}
TAKEN_OVER = {"docx": "docx:MS Word 2007 XML"}
IN_VAIN = 3
"""After so many files that fail by themselves one after the other it is LibreOffice that is broken, and the rest is not tried."""


def convert(files: Sequence[Path], formats: Sequence[str], out: Path, *, soffice: str = "soffice", timeout: float = 120.0) -> list[Path]:
    """Convert each .docx into each format (``docx``, ``odt``, ``pdf``) in ``out``, under its own base name; ``timeout`` in seconds, for one
    call of LibreOffice. Raises FormNotFilled that names the first file not made; whatever could be made stands in ``out`` all the same."""
    made, failures = attempt(files, formats, out, soffice=soffice, timeout=timeout)
    if failures:
        raise failures[0]
    return made


def attempt(files: Sequence[Path], formats: Sequence[str], out: Path, *, soffice: str = "soffice",
            timeout: float = 120.0) -> tuple[list[Path], list[FormNotFilled]]:
    """As ``convert``: what was made, and what was not. Where a call dies or hangs, each file that is missing then is tried once more by
    itself, so that one bad file takes no other with it."""
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    failures: list[FormNotFilled] = []
    for form in dict.fromkeys(formats):
        if form == "docx":
            made += [Path(shutil.copyfile(f, out / f.name)) if f.parent != out else f for f in files]
        elif form in FILTERS:
            made += _to(form, files, out, soffice, timeout, failures)
        else:
            failures.append(FormNotFilled(files[0].stem if files else "", f"no format {form!r}"))
    return made, failures


def take_over(document: Path, template: Path, *, soffice: str = "soffice", timeout: float = 120.0) -> Path:
    """A form as another agency published it (.docx, .odt, .doc) as ``template``, a .docx to be given its tags. Raises FormNotFilled."""
    if document.suffix.lower() == ".docx":
        return Path(shutil.copyfile(document, template))
    with tempfile.TemporaryDirectory(prefix="shouwen-office-") as room:
        said = _call("docx", [document], Path(room) / "out", Path(room) / "profile", soffice, timeout)
        made = Path(room) / "out" / f"{document.stem}.docx"
        if not _there(made):
            raise FormNotFilled(document.stem, f"LibreOffice made no docx: {said}")
        return Path(shutil.copyfile(made, template))


def _to(form: str, files: Sequence[Path], out: Path, soffice: str, timeout: float, failures: list[FormNotFilled]) -> list[Path]:
    made = []
    with tempfile.TemporaryDirectory(prefix="shouwen-office-") as room:
        pages = Path(room) / "out"
        said = dict.fromkeys(files, _call(form, files, pages, Path(room) / "profile", soffice, timeout)) if files else {}
        alone = 0
        for number, f in enumerate(files):
            if not _there(pages / f"{f.stem}.{form}") and alone < IN_VAIN:
                said[f] = _call(form, [f], pages, Path(room) / f"profile{number}", soffice, timeout)
                alone = 0 if _there(pages / f"{f.stem}.{form}") else alone + 1
            if not _there(pages / f"{f.stem}.{form}"):
                failures.append(FormNotFilled(f.stem, f"LibreOffice made no {form}: {said[f]}"))
                continue
            if when := archival.day_of(f):
                archival.steady(pages / f"{f.stem}.{form}", when)
            made.append(Path(shutil.move(pages / f"{f.stem}.{form}", out / f"{f.stem}.{form}")))
    return made


def _there(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _call(form: str, files: Iterable[Path], out: Path, profile: Path, soffice: str, timeout: float) -> str:
    """One run; what it said where it failed. Whole files only: LibreOffice writes each under a name of its own first."""
    command = [soffice, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
               f"-env:UserInstallation={profile.as_uri()}", "--convert-to", (FILTERS | TAKEN_OVER)[form], "--outdir", str(out),
               *(str(f.resolve()) for f in files)]
    log = profile.with_suffix(".log")
    with log.open("wb") as sink:
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True,
                                       env=os.environ | {"FONTCONFIG_FILE": str(FONTS), "SAL_USE_VCLPLUGIN": "svp"})
        except OSError as e:
            return f"{soffice}: {e.strerror}"
        try:
            process.wait(timeout)
            said = log.read_text(errors="replace").strip()[-300:]
        except subprocess.TimeoutExpired:
            said = f"no answer within {timeout:g} s"
        finally:
            _end(process)
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the soffice starter has children that would outlive it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
