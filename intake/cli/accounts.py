"""``account``: the first manager's account, who then invites everybody else on the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.errors import BadValue
from intake.cli.app import app, out
from intake.people import accounts, audit, mail
from intake.people.person import APPLICANT, MANAGER, ROLES
from intake.settings import Settings
from intake.store import migrate


@app.command()
def account(
    login: Annotated[str, typer.Argument(help="帳號名稱（log-in name）。")],
    name: Annotated[str, typer.Option(help="姓名（name）。")],
    email: Annotated[str, typer.Option(help="電子信箱（mail address）。")],
    role: Annotated[str, typer.Option(help="manager、clerk、auditor。")] = MANAGER,
    password: Annotated[str, typer.Option(prompt="密碼（password）", hide_input=True, confirmation_prompt=True,
                                          help="不給就會問（asked for unless given）。")] = "",
) -> None:
    """開工作人員的帳號，例如第一位管理人員。Make an account for somebody of the office, the first manager for one."""
    if role not in ROLES or role == APPLICANT:
        raise BadValue("role", role, "manager、clerk、auditor")
    if not mail.is_address(email):
        raise BadValue("contact.email", email, "電子信箱，例如 name@example.com")
    database = migrate.upgrade(Settings())
    with database.session() as session:
        person = accounts.create_staff(session, login, role, name, email, password)
        audit.record(session, None, audit.ADD, f"account/{login[:60]}", {"role": role, "through": "shouwen account"})
    database.close()
    out.print(f"已開帳號 {person.login}（{ROLES[role]}）。")
