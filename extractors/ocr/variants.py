"""Characters that the engine prints in a form Taiwan does not: put back to the form on the paper.

Only characters that Big5 (cp950) cannot encode are ever replaced, since a paper of this country is very unlikely to print
them. Nothing else is touched: 里, 范, 于, 余 and their like are proper names here as they stand.
"""

from __future__ import annotations

from pathlib import Path

TABLE = Path(__file__).with_name("variants.csv")


def load(path: Path = TABLE) -> dict[int, str]:
    """The table ``variant,printed``. Raises ValueError where a variant can be written in Big5 or a printed form cannot."""
    out: dict[int, str] = {}
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
        variant, _, form = row.partition(",")
        if len(variant) != 1 or len(form) != 1 or in_big5(variant) or not in_big5(form):
            raise ValueError(f"{path.name}:{number}: {row!r} is not a variant outside Big5 and its form inside")
        out[ord(variant)] = form
    return out


def in_big5(character: str) -> bool:
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


_MAP = load()


def printed(text: str) -> str:
    """``text`` with each variant put back; of the same length.

    >>> printed("营业税内产")
    '營業稅內產'
    """
    return text.translate(_MAP)
