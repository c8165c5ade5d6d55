"""What a poor copy of a register still says where its labels are lost: by the order in which registers print, and by arithmetic.

Such a value stands by no label, so a person looks at it; nothing here speaks where a label of the same sort can be read.
"""

from __future__ import annotations

import re
from itertools import pairwise

from domain.document import OCR
from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper
from extractors.readers.values import amount, day

HEAD = 0.03
"""What stands above is the line of a fax or of a browser."""

_MONEY = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_PAR = re.compile(r"[1-9][0-9]{0,3}")


def _alone(paper: Paper) -> list[Ink]:
    return [i for s in paper.sheets for i in s.inks if i.source == OCR and i.box.top > HEAD]


def date_in_order(which: int, *labelled: Reader) -> Reader:
    """The first or the second (0, 1) of the only two days that have a line to themselves, one under the other and not falling: founding
    and last change. Nothing where one of ``labelled`` finds a day."""

    def read(paper: Paper) -> list[Draft]:
        spots = [(i, f) for i in _alone(paper) if (f := day(i)) and (f.start, f.end) == (0, len(i.text)) and "年" in i.text]
        days = [str(f.value) for _, f in spots]
        column = all(abs(a.box.left - b.box.left) < 0.02 for (a, _), (b, _) in pairwise(spots))
        if len(days) != 2 or days[0] > days[1] or not column or any(d.value is not None for r in labelled for d in r(paper)):
            return []
        ink, found = spots[which]
        return [Draft(found.value, ink, day, firm=False)]

    return read


def capital_of_shares(which: int) -> Reader:
    """The authorized (0) or the paid-in (1) capital of a company by shares: amounts that follow one another, of which the second is the
    product of two later figures, the par value and the shares issued."""

    def read(paper: Paper) -> list[Draft]:
        inks = _alone(paper)
        sums = [(k, int(i.text.replace(",", ""))) for k, i in enumerate(inks) if _MONEY.fullmatch(i.text)]
        pars = [(k, int(i.text)) for k, i in enumerate(inks) if _PAR.fullmatch(i.text)]
        for (a, total), (b, paid) in pairwise(sums):
            later = [(p, s) for k, p in pars for m, s in sums if b < k and b < m and p * s == paid]
            if total >= paid and len(later) == 1:
                ink = inks[(a, b)[which]]
                return [Draft((total, paid)[which], ink, amount, firm=False)]
        return []

    return read
