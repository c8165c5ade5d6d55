"""A ``doc.*`` fact as rules see it: there or not, original or copy, how many, with which seals.

VALUES.md: ``true`` means there and found in order by a person; in an object, what is left out is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.words import listed

ORIGINAL = "original"


@dataclass(frozen=True)
class Paper:
    """One paper. ``in_order`` True: a person found form, copies and seals as the clause wants. None is unknown throughout.
    ``agent_seal`` is ours beside the keys of VALUES.md: a letter of authority is sealed by two parties."""

    present: bool | None
    in_order: bool = False
    form: str | None = None
    copies: int | None = None
    company_seal: bool | None = None
    responsible_seal: bool | None = None
    agent_seal: bool | None = None
    issued_on: date | None = None

    @staticmethod
    def of(fact: bool | Mapping[str, Any]) -> Paper:
        """The paper that a fact describes. Raises ValueError for a date that is none."""
        if isinstance(fact, bool):
            return Paper(fact, in_order=fact)
        issued = fact.get("issued_on")
        return Paper(
            fact.get("present"),
            False,
            fact.get("form"),
            fact.get("copies"),
            fact.get("company_seal"),
            fact.get("responsible_seal"),
            fact.get("agent_seal"),
            None if issued is None else date.fromisoformat(issued),
        )

    def lacks(self, *, original: bool = False, copies: int = 1, seals: tuple[str, ...] = ()) -> list[str]:
        """What is wanted of the paper and not shown, in Chinese words; empty when it is in order."""
        if self.in_order:
            return []
        if not self.present:
            return ["文件本身"]
        out = []
        if original and self.form != ORIGINAL:
            out.append("正本" if self.form is None else "正本（目前是影本）")
        if copies > 1 and (self.copies is None or self.copies < copies):
            out.append(f"{copies} 份" if self.copies is None else f"{copies} 份（目前 {self.copies} 份）")
        return out + [SEALS[s] for s in seals if getattr(self, s) is not True]


def wanting(name: str, paper: Paper | None, *, original: bool = False, copies: int = 1, seals: tuple[str, ...] = ()) -> str:
    """What is wanting of the paper called ``name``, as half a sentence; "" when it is in order."""
    if not there(paper):
        asked = [*(["正本"] if original else []), *([f"{copies} 份"] if copies > 1 else []), *(SEALS[s] for s in seals)]
        return f"還沒有附{name}" + (f"（須{'、'.join(asked)}）" if asked else "")
    lacking = paper.lacks(original=original, copies=copies, seals=seals) if paper else []
    return f"{name}還缺{listed(lacking)}" if lacking else ""


SEALS = {"company_seal": "公司章", "responsible_seal": "負責人章", "agent_seal": "代理人簽章"}


def there(paper: Paper | None) -> bool:
    """Whether the paper is known to be there."""
    return paper is not None and paper.present is True
