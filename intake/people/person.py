"""A person as the service knows them, and the roles."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import NotAllowed

APPLICANT, CLERK, AUDITOR, MANAGER = "applicant", "clerk", "auditor", "manager"
ROLES = {APPLICANT: "申請人", CLERK: "承辦人員", AUDITOR: "稽核人員", MANAGER: "管理人員"}


@dataclass(frozen=True)
class Person:
    """Someone with an account. ``login`` is the 統一編號 of an applicant, a name of their own for staff."""

    id: int
    login: str
    role: str
    name: str
    email: str


def need(person: Person, *roles: str) -> None:
    """Raises NotAllowed unless the person has one of the roles."""
    if person.role not in roles:
        raise NotAllowed(f"{person.role} where {' or '.join(roles)} is needed")
