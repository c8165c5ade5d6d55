"""The twelve answers of 投標廠商聲明書 (F20): 是, 否, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from eligibility.rule import Answer, failed, passed


def said(answers: Sequence[str], item: int) -> str:
    """是 or 否; "" where the item is not answered or cannot be told."""
    text = answers[item - 1].strip() if len(answers) >= item else ""
    return text if text in ("是", "否") else ""


def must_be_no(answers: Sequence[str], item: int) -> Answer:
    """Items 1 to 10: 是 or no answer shuts the bidder out."""
    found = said(answers, item)
    if found == "否":
        return passed(f"聲明書第 {item} 項答「否」。")
    return failed(f"聲明書第 {item} 項{'答「是」' if found else '未答'}，不得參加投標，也不得作為決標對象。", "該項須據實答「否」才符合。")
