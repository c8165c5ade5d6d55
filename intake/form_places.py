"""Where the forms of a case print their values, for the click from form to ink."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from domain.case import CaseFacts
from domain.errors import FormNotFilled
from generators import convert, places, template
from generators.fill import grounded

LOG = logging.getLogger(__name__)
Places = dict[str, list[list[float]]]
"""By slot, each place as [page, left, top, right, bottom] in fractions of the page."""


def find(form_ids: Iterable[str], facts: CaseFacts, when: datetime, forms: Path, scratch: Path) -> dict[str, Places]:
    """The places by form. ``forms`` is the folder of the PDFs as they are shown, ``scratch`` a folder to be made. A form that cannot be
    set again, or comes out with other pages, has none."""
    known, drafts = template.load(), []
    scratch.mkdir()
    for form in form_ids:
        try:
            data = grounded(known[form], facts, when)
        except FormNotFilled as error:
            # the form itself stands; only the click on it is lost
            LOG.warning("no places on %s: %s", form, error)
            continue
        drafts.append(scratch / f"{form}.docx")
        drafts[-1].write_bytes(data)
    made, _ = convert.attempt(drafts, ["pdf"], scratch / "grounds")
    return {p.stem: places.as_json(places.read(p, [s.id for s in known[p.stem].slots], forms / p.name)) for p in made}
