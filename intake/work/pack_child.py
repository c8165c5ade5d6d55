"""The program that packs a bundle: ``python -m intake.work.pack_child PARCEL ANSWER PARENT``. Ends with its parent."""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import resource
import signal
import sys
from pathlib import Path

from domain.errors import FormNotFilled
from intake import pipeline
from intake.work.packing import BUNDLE, Parcel

_PR_SET_PDEATHSIG = 1
MEMORY, WRITTEN, CPU = 4 * 1024**3, 1024**3, 300
"""Address space and the largest file written in bytes, CPU seconds. LibreOffice, which draws the cover sheet, inherits them."""


def main() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(sys.argv[3]):
        os._exit(1)
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: WRITTEN, resource.RLIMIT_CPU: CPU}
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    parcel: Parcel = pickle.loads(Path(sys.argv[1]).read_bytes())
    failures = pipeline.pack(parcel.out, pipeline.programme(parcel.programme), parcel.readings, parcel.facts, parcel.decision, parcel.forms,
                             parcel.files, parcel.about, parcel.site)
    told = [(e.form, e.detail) if isinstance(e, FormNotFilled) else (BUNDLE, str(e)) for e in failures]
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
