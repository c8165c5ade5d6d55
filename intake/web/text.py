"""The words on the screens: the Chinese sentence is the key, ``english.yaml`` has its English.

Law text, labels of papers and official names are never translated; a sentence without English stays Chinese.

>>> Text("en")("登入"), Text("zh")("登入"), Text("zh")("第 {n} 頁", n=2)
('Sign in', '登入', '第 2 頁')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = {"zh": "zh-Hant-TW", "en": "en"}
COOKIE = "lang"


@cache
def english() -> dict[str, str]:
    """Every translated sentence; one for a single thing (``n=1``) under its key with ``|1``."""
    loaded = yaml.safe_load(Path(__file__).with_name("english.yaml").read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in loaded.items()}


@dataclass(frozen=True)
class Text:
    """The words in one language: ``text("第 {n} 頁", n=2)``."""

    lang: str = "zh"

    @property
    def tag(self) -> str:
        """The language tag of the page (BCP 47)."""
        return LANGUAGES[self.lang]

    def __call__(self, chinese: str, **values: object) -> str:
        words = chinese
        if self.lang == "en":
            one = english().get(f"{chinese}|1") if values.get("n") == 1 else None
            words = one or english().get(chinese, chinese)
        return words.format(**values) if values else words


def pick(asked: str | None, kept: str | None) -> Text:
    """The language asked for in the address, else the one kept in the cookie, else Chinese."""
    return Text(next((lang for lang in (asked, kept) if lang in LANGUAGES), "zh"))
