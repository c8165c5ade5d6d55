"""``python -m scripts.draw_forms F10``: draw the template.docx of a form that has none yet; ``--again`` also draws over one that is there.

Afterwards the .docx is the form: drawing again throws away what was changed in a word processor.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path

from scripts import draw_forms

ROOT = Path(__file__).resolve().parents[2]


def main(wanted: list[str], again: bool) -> None:
    names = [m.name for m in pkgutil.iter_modules(draw_forms.__path__) if m.name == "cover" or re.fullmatch(r"f[0-9]+", m.name)]
    for name in names:
        if wanted and name.upper() not in wanted:
            continue
        module = importlib.import_module(f"scripts.draw_forms.{name}")
        out = ROOT / "generators" / "cover.docx"
        if name != "cover":
            out = ROOT / "form_templates" / name.upper() / module.EDITION / "template.docx"
        if out.exists() and not again:
            print(f"{out.relative_to(ROOT)} is there; --again draws over it")
            continue
        out.parent.mkdir(parents=True, exist_ok=True)
        module.draw().save(str(out))
        print(out.relative_to(ROOT))


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if a != "--again"], "--again" in sys.argv)
