"""Accounts for trying the service out. Made only when asked; the passwords are public, so never where real cases are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.people import accounts
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER, Person


@dataclass(frozen=True)
class DemoAccount:
    login: str
    password: str
    role: str
    name: str
    email: str


# the applicant is the fictitious company of fixtures/cases/green-giant-company
ACCOUNTS = (
    DemoAccount("53710424", "Shouwen-2026", APPLICANT, "岳禾塑膠工業股份有限公司", "applicant@example.com"),
    DemoAccount("clerk", "Shouwen-2026", CLERK, "示範承辦", "clerk@example.com"),
    DemoAccount("auditor", "Shouwen-2026", AUDITOR, "示範稽核", "auditor@example.com"),
    DemoAccount("manager", "Shouwen-2026", MANAGER, "示範管理", "manager@example.com"),
)


def create(session: Session) -> list[Person]:
    """Make the demo accounts that are not there yet; returns all of them, applicant first."""
    return [accounts.person(session, a.login) or accounts.create_staff(session, a.login, a.role, a.name, a.email, a.password)
            for a in ACCOUNTS]
