"""Counts in tables of several columns: whether one stands in the column of the total, and which one does where an engine lost it or the
page lies askew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds._torn import torn
from extractors.readers.ink import Ink, Sheet

LEVEL = 0.75
"""How far the middle of a count may lie above or below that of its month, in heights of the month."""


def beside(sheet: Sheet, heads: Sequence[Ink], of_others: re.Pattern[str]) -> list[Ink]:
    """The heads of other columns of numbers in the rows of the ``heads`` of the total."""
    return [i for i in (*sheet.inks, *torn(sheet)) if heads and len(i.text) <= 14
            and of_others.search(i.text) and not re.search("[0-9:：]", i.text) and any(i.box.same_row(h.box, 0.3) for h in heads)]


def astray(number: Ink, heads: Sequence[Ink], others: Sequence[Ink]) -> bool:
    """Whether a number stands under the head of another column, and not under that of the total."""
    under = [o for o in others if o.box.left < number.box.right and number.box.left < o.box.right]
    return bool(heads and under) and not any(_over(h, number) for h in heads)


def level_with(sheet: Sheet, month: Ink, heads: Sequence[Ink], form: re.Pattern[str]) -> Ink | None:
    """The one number in the column of the total that stands nearly level with a month."""
    found = [i for i in sheet.inks if form.fullmatch(i.text) and any(_over(h, i) for h in heads)
             and abs(i.box.centre[1] - month.box.centre[1]) < LEVEL * month.height]
    return found[0] if len(found) == 1 else None


def _over(head: Ink, number: Ink) -> bool:
    return head.box.left - head.em < number.box.centre[0] < head.box.right + head.em
