"""Passwords: the rule of SYS-20 (at least 8 characters, of upper and lower case letters, digits and symbols), kept as argon2id."""

from __future__ import annotations

import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import WeakPassword

LONGEST = 200
_HASHER = PasswordHasher()


def missing(password: str) -> tuple[str, ...]:
    """What a password lacks, in Chinese; empty where it is good."""
    wanted = {
        "至少 8 個字元": len(password) >= 8,
        f"不超過 {LONGEST} 個字元": len(password) <= LONGEST,
        "大寫英文字母": any(c in string.ascii_uppercase for c in password),
        "小寫英文字母": any(c in string.ascii_lowercase for c in password),
        "數字": any(c in string.digits for c in password),
        "符號（例如 ! @ # $ %）": any(not c.isalnum() and not c.isspace() for c in password),
    }
    return tuple(name for name, there in wanted.items() if not there)


def check(password: str) -> None:
    """Raises WeakPassword, which says what is missing."""
    lacking = missing(password)
    if lacking:
        raise WeakPassword(lacking)


def hashed(secret: str) -> str:
    return _HASHER.hash(secret)


def matches(kept: str | None, secret: str) -> bool:
    """Whether ``secret`` is what was hashed. Takes as long where there is no account, so that the time tells nothing."""
    if len(secret) > LONGEST:
        return False
    try:
        return _HASHER.verify(kept or _nobody(), secret) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("")
