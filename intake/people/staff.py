"""What a manager does with accounts: invite, close, open again, change the role, mail a code. The log is written by the caller.

Nobody closes their own account or takes their own role away, and there is always an active manager.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotFound, UsageError
from intake import clock
from intake.people import accounts, keys, letters, mail
from intake.people.accounts import ACTIVE, OPENED, Policy
from intake.people.person import APPLICANT, MANAGER, ROLES, Person
from intake.store.tables import Account, CaseRow, MailedCode, SignIn
from intake.store.views import PASSED, REFUSED

CLOSED = accounts.CLOSED
STATES = {OPENED: "等候設定密碼", ACTIVE: "使用中", CLOSED: "已停用"}
STAFF_ROLES = tuple(r for r in ROLES if r != APPLICANT)
INVITE_HOURS = 24
MOST_SHOWN = 200
DEFAULT = Policy()
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@dataclass(frozen=True)
class AccountView:
    """An account as the manager sees it; ``last`` is its last log-in, ``cases`` how many open cases it has in hand or has applied for."""

    login: str
    role: str
    name: str
    email: str
    state: str
    created_at: datetime
    last: datetime | None
    cases: int


def every(session: Session, text: str = "", limit: int = MOST_SHOWN) -> list[AccountView]:
    """Accounts whose log-in, name or mail address contains ``text``, staff first."""
    query = select(Account).order_by(Account.role == APPLICANT, Account.login).limit(limit)
    if text:
        query = query.where(or_(*(c.icontains(text, autoescape=True) for c in (Account.login, Account.name, Account.email))))
    found = list(session.scalars(query))
    # counted once for all, and apart: a count for each account goes through the cases again and again
    last = dict(session.execute(select(SignIn.account_id, func.max(SignIn.created_at)).group_by(SignIn.account_id)).all())
    going_on = CaseRow.state.not_in((PASSED, REFUSED))
    applied, in_hand = (dict(session.execute(select(column, func.count()).where(going_on).group_by(column)).all())
                        for column in (CaseRow.applicant_id, CaseRow.clerk_id))
    return [AccountView(a.login, a.role, a.name, a.email, a.state, a.created_at, last.get(a.id),
                        applied.get(a.id, 0) + in_hand.get(a.id, 0)) for a in found]


def invite(session: Session, login: str, role: str, name: str, email: str, address: str) -> None:
    """Make a staff account; its owner sets the password with the mailed code. ``address`` is the service's, for the letter.
    Raises BadValue."""
    login, name, email = login.strip(), name.strip(), email.strip()
    if not _LOGIN.fullmatch(login):
        raise BadValue("帳號名稱", login, "3 到 40 個小寫英文、數字、. _ -，第一個是英文")
    if role not in STAFF_ROLES:
        raise BadValue("角色", role, "、".join(ROLES[r] for r in STAFF_ROLES))
    if not 1 <= len(name) <= 60:
        raise BadValue("姓名", name, "1 到 60 個字")
    if not mail.is_address(email):
        raise BadValue("contact.email", email, "電子信箱，例如 name@example.com")
    if session.scalar(select(Account.id).where(Account.login == login)) is not None:
        raise BadValue("帳號名稱", login, "還沒有人用的帳號名稱")
    session.add(Account(login=login, role=role, name=name, email=email, state=OPENED, created_at=clock.now()))
    session.flush()
    send_code(session, login, address)


def send_code(session: Session, login: str, address: str, policy: Policy = DEFAULT) -> None:
    """Mail a code: to set a new password, or the first one. Raises NotFound, TooManyTries; UsageError where the account is closed."""
    row = _row(session, login)
    if row.state == CLOSED:
        raise UsageError(f"account {login} is closed", "這個帳號已停用，請先恢復。")
    if row.state == ACTIVE:
        accounts.start_reset(session, login, policy)
    elif row.role == APPLICANT:
        accounts.open_account(session, login, row.email, policy)
    else:
        code = accounts.new_code(session, row, accounts.OPEN, INVITE_HOURS * 60, policy)
        letters.send(session, row.email, "invite", login=login, role=ROLES[row.role], address=address, code=code, hours=INVITE_HOURS)


def close(session: Session, by: Person, login: str) -> bool:
    """Close an account: its log-ins and keys end, its codes are void, its open cases go back to nobody. Says whether anybody
    was logged in. Raises NotFound, UsageError."""
    row = _row(session, login)
    if row.id == by.id:
        raise UsageError("closing one's own account", "不能停用自己的帳號，請另一位管理人員辦理。")
    _not_the_last(session, row)
    row.state = CLOSED
    within = _within(session, row)
    _end(session, row, by, "the account was closed")
    session.execute(update(CaseRow).where(CaseRow.clerk_id == row.id, CaseRow.state.not_in((PASSED, REFUSED))).values(clerk_id=None))
    return within


def reopen(session: Session, login: str, address: str) -> None:
    """Open a closed account again; it needs a new password, for which a code is mailed. Raises NotFound, UsageError."""
    row = _row(session, login)
    if row.state != CLOSED:
        raise UsageError(f"account {login} is not closed", "這個帳號沒有停用。")
    row.state, row.password_hash = OPENED, None
    session.flush()
    send_code(session, login, address)


def change_role(session: Session, by: Person, login: str, role: str) -> bool:
    """Give another role of the staff; the account's log-ins and keys end. Says whether anybody was logged in. Raises NotFound, BadValue,
    UsageError."""
    row = _row(session, login)
    if role not in STAFF_ROLES or row.role == APPLICANT:
        raise BadValue("角色", role, "、".join(ROLES[r] for r in STAFF_ROLES))
    if row.id == by.id:
        raise UsageError("changing one's own role", "不能改自己的角色，請另一位管理人員辦理。")
    if row.role == role:
        return False
    _not_the_last(session, row)
    row.role, within = role, _within(session, row)
    _end(session, row, by, "another role")
    return within


def _within(session: Session, row: Account) -> bool:
    return session.scalar(select(SignIn.id).where(SignIn.account_id == row.id, SignIn.ended_at.is_(None),
                                                  SignIn.expires_at > clock.now()).limit(1)) is not None


def _row(session: Session, login: str) -> Account:
    row = session.scalar(select(Account).where(Account.login == login).with_for_update())
    if row is None:
        raise NotFound("account", login[:60])
    return row


def _not_the_last(session: Session, row: Account) -> None:
    # locked, so that two managers cannot close each other at once
    active = select(Account.id).where(Account.role == MANAGER, Account.state == ACTIVE).order_by(Account.id).with_for_update()
    if set(session.scalars(active)) == {row.id}:
        raise UsageError("the last manager", "這是最後一位管理人員，請先另開一位。")


def _end(session: Session, row: Account, by: Person, why: str) -> None:
    keys.revoke_all(session, row.id, by, why)
    session.execute(update(SignIn).where(SignIn.account_id == row.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now()))
    session.execute(update(MailedCode).where(MailedCode.account_id == row.id, MailedCode.used_at.is_(None)).values(used_at=clock.now()))
    session.flush()
