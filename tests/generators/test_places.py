"""Every printed value is found on the page where it prints, and its ground moves no word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from domain.case import CaseFacts
from domain.document import Box
from generators import convert, places, template
from generators.check import squeezed
from generators.fill import fill, grounded

FORMS = template.load()
ASKED = ("F02", "F10", "F12")


@pytest.mark.office
def test_each_value_stands_in_its_place(case: Callable[[Mapping[str, Any]], CaseFacts], green_giant: dict[str, Any], when: datetime,
                                        tmp_path: Path) -> None:
    """One test for three forms: LibreOffice takes its time to start."""
    facts, files = case(green_giant | {"org.responsible_person": "林峯𠮷", "contact.name": "林峯𠮷"}), []
    for form in ASKED:
        for name, data in ((form, fill(FORMS[form], facts, when).docx), (f"{form}-ground", grounded(FORMS[form], facts, when))):
            files.append(tmp_path / f"{name}.docx")
            files[-1].write_bytes(data)
    convert.convert(files, ["pdf"], tmp_path)
    for form in ASKED:
        slots = [s.id for s in FORMS[form].slots]
        found = places.read(tmp_path / f"{form}-ground.pdf", slots, tmp_path / f"{form}.pdf")
        printed = {s: v.printed for s, v in fill(FORMS[form], facts, when).slots.items() if v.printed}
        assert set(printed) <= set(found)
        pdf = pypdfium2.PdfDocument(tmp_path / f"{form}.pdf")
        for slot, text in printed.items():
            if FORMS[form].how[slot].type in ("text", "longtext"):
                seen = "".join(squeezed(_words(pdf[page - 1], box)) for page, box in found[slot])
                assert len(seen) > 1, (form, slot)
                assert squeezed(text).endswith(seen), (form, slot, seen)
    assert places.read(tmp_path / "F10-ground.pdf", slots, tmp_path / "none.pdf") == {}
    assert places.read(files[0], slots) == {}


def _words(page: Any, box: Box) -> str:
    wide, high = page.get_size()
    return str(page.get_textpage().get_text_bounded(box.left * wide, (1 - box.bottom) * high, box.right * wide, (1 - box.top) * high))


def test_a_tag_of_nobody_and_a_row_of_a_list() -> None:
    source = ('<w:r><w:rPr><w:b/><w:shd w:fill="FFFFFF"/></w:rPr><w:t>名：{{ name }}、{{ stray }}</w:t></w:r>{% for r in rows %}'
              '<w:r><w:t>{{ r.item }}</w:t></w:r>{% endfor %}')
    out = places.grounded(source, {"name": "name", "rows": "rows"}, ["name", "rows"])
    assert out.count('w:fill="700001"') == 1
    assert out.count('w:fill="700002"') == 1
    assert '<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="700001"/></w:rPr><w:t xml:space="preserve">{{ name }}' in out
    assert "、{{ stray }}</w:t>" in out
    assert out.count("<w:r>") == out.count("</w:r>")


def test_as_json_keeps_page_and_corners() -> None:
    assert places.as_json({"x": [(2, Box(0.1, 0.2, 0.3, 0.4))]}) == {"x": [[2, 0.1, 0.2, 0.3, 0.4]]}
