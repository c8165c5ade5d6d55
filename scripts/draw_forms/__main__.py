"""``python -m scripts.draw_forms F10 F12``: draw (again) the template.docx of the forms named; all of them without a name."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path

from scripts import draw_forms

ROOT = Path(__file__).resolve().parents[2]


def main(wanted: list[str]) -> None:
    names = [m.name for m in pkgutil.iter_modules(draw_forms.__path__) if m.name == "cover" or re.fullmatch(r"f[0-9]+", m.name)]
    for name in names:
        if wanted and name.upper() not in wanted:
            continue
        module = importlib.import_module(f"scripts.draw_forms.{name}")
        out = ROOT / "generators" / "cover.docx"
        if name != "cover":
            out = ROOT / "form_templates" / name.upper() / module.EDITION / "template.docx"
        out.parent.mkdir(parents=True, exist_ok=True)
        module.draw().save(str(out))
        print(out.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
