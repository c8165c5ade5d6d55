"""Accounts and log-ins. Every function takes an open session first and never commits.

An applicant (SYS-21):   open_account(ubn, email) → a code by mail → activate(ubn, code, password) → sign_in(ubn, password, address)
A forgotten password:    start_reset(login) → a code by mail → finish_reset(login, code, password)
Every request:           who(token) → Person | None;   sign_out(token)
Staff:                   create_staff(login, role, name, email, password)

A token is 32 random bytes for the cookie; the database has its SHA-256. Nothing here tells a stranger whether an account exists:
opening one twice, resetting one that is not there and a wrong name look like the ordinary case.
``Database.session`` keeps the count of wrong tries although WrongSignIn and WrongCode are raised.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotFound, TooManyTries, WrongCode, WrongSignIn
from domain.taiwan import ubn as uniform_no
from intake import clock
from intake.people import keys, letters, mail, passwords
from intake.people.person import APPLICANT, ROLES, Person
from intake.settings import Settings
from intake.store.tables import Account, MailedCode, SignIn, Try

OPENED, ACTIVE, CLOSED = "opened", "active", "closed"
OPEN, RESET = "open", "reset"
CODES_AN_HOUR = 5
ACCOUNTS_AN_ADDRESS = 10
"""How many accounts' worth of failed log-ins one address may make: an office shares one, a guesser tries many names."""


@dataclass(frozen=True)
class Policy:
    """How long and how often; ``Policy.of(settings)`` takes it from the settings."""

    session_hours: int = 8
    code_minutes: int = 15
    code_tries: int = 5
    sign_in_tries: int = 5
    sign_in_pause_seconds: int = 300

    @staticmethod
    def of(settings: Settings) -> Policy:
        return Policy(settings.session_hours, settings.code_minutes, settings.code_tries, settings.sign_in_tries,
                      settings.sign_in_pause_seconds)


def open_account(session: Session, ubn: str, email: str, policy: Policy = Policy()) -> None:
    """Mail a code with which the account of a 統一編號 can be opened. Where it is active already, its owner is told by mail.

    Raises BadValue (統一編號 or e-mail not of its form), TooManyTries."""
    ubn, email = ubn.strip(), email.strip()
    if not uniform_no.is_valid(ubn):
        raise BadValue("org.uniform_no", ubn, "8 位數字且檢查碼正確的統一編號")
    if not mail.is_address(email):
        raise BadValue("contact.email", email, "電子信箱，例如 name@example.com")
    _limit_codes(session, ubn)
    account = _account(session, ubn)
    if account is not None and account.state == ACTIVE:
        letters.send(session, account.email, "account-there")
        return
    if account is not None and account.state == CLOSED:
        # a manager closed it: only a manager opens it again
        return
    if account is None:
        account = Account(login=ubn, role=APPLICANT, name=ubn, email=email, state=OPENED, created_at=clock.now())
        session.add(account)
        session.flush()
    account.email = email
    _mail_code(session, account, OPEN, "open-code", policy)


def activate(session: Session, ubn: str, code: str, password: str, policy: Policy = Policy()) -> Person:
    """Open the account with the mailed code and set its password. Raises WeakPassword (the code stays good), WrongCode."""
    return _with_code(session, ubn, OPEN, code, password)


def start_reset(session: Session, login: str, policy: Policy = Policy()) -> None:
    """Mail a code for a new password to the account's own address. Silent where there is no such account. Raises TooManyTries."""
    login = login.strip()
    _limit_codes(session, login)
    account = _account(session, login)
    if account is not None and account.state == ACTIVE:
        _mail_code(session, account, RESET, "reset-code", policy)


def finish_reset(session: Session, login: str, code: str, password: str) -> Person:
    """Set a new password with the mailed code; all log-ins and keys of the account end. Raises WeakPassword, WrongCode."""
    person = _with_code(session, login, RESET, code, password)
    keys.revoke_all(session, person.id, person, "a new password")
    session.execute(update(SignIn).where(SignIn.account_id == person.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now()))
    return person


def sign_in(session: Session, login: str, password: str, address: str, policy: Policy = Policy()) -> tuple[str, Person]:
    """Sign in from a network address; gives the token for the cookie. Raises TooManyTries, WrongSignIn."""
    login = login.strip()
    key, anybody = _key("sign-in", login, address), _key("sign-in", address)
    pause = timedelta(seconds=policy.sign_in_pause_seconds)
    for counted, most in ((key, policy.sign_in_tries), (anybody, policy.sign_in_tries * ACCOUNTS_AN_ADDRESS)):
        recent = list(session.scalars(select(Try.at).where(Try.key == counted, Try.at > clock.now() - pause).order_by(Try.at)))
        if len(recent) >= most:
            raise TooManyTries(max(1, int((recent[-most] + pause - clock.now()).total_seconds())))
    account = _account(session, login)
    good = passwords.matches(account.password_hash if account else None, password)
    if account is None or not good or account.state != ACTIVE:
        session.add_all([Try(key=key, at=clock.now()), Try(key=anybody, at=clock.now())])
        raise WrongSignIn
    session.execute(delete(Try).where(Try.key == key))
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=_hash(token), account_id=account.id, address=address[:64], created_at=clock.now(),
                       expires_at=clock.now() + timedelta(hours=policy.session_hours)))
    session.flush()
    return token, _person(account)


def sign_out(session: Session, token: str) -> None:
    """End a log-in; nothing happens where there is none."""
    session.execute(update(SignIn).where(SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None)).values(ended_at=clock.now()))


def who(session: Session, token: str) -> Person | None:
    """Whose token it is; None where it is unknown, ended or too old."""
    live = select(Account).join(SignIn).where(
        SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None), SignIn.expires_at > clock.now(), Account.state == ACTIVE)
    account = session.scalar(live)
    return _person(account) if account else None


def create_staff(session: Session, login: str, role: str, name: str, email: str, password: str) -> Person:
    """An account that is active at once. Raises WeakPassword; BadValue where the role is none of ROLES or the name is taken."""
    passwords.check(password)
    if role not in ROLES:
        raise BadValue("role", role, "、".join(ROLES))
    if _account(session, login) is not None:
        raise BadValue("login", login, "還沒有人用的帳號名稱")
    account = Account(login=login, role=role, name=name, email=email, password_hash=passwords.hashed(password), state=ACTIVE,
                      created_at=clock.now())
    session.add(account)
    session.flush()
    return _person(account)


def person(session: Session, login: str) -> Person | None:
    """The active account with that log-in name."""
    account = _account(session, login)
    return _person(account) if account and account.state == ACTIVE else None


def applicants_at(session: Session, address: str) -> list[Person]:
    """The active applicants with that e-mail address; none for an empty one."""
    there = select(Account).where(Account.role == APPLICANT, Account.state == ACTIVE, func.lower(Account.email) == address.lower())
    return [_person(a) for a in session.scalars(there.order_by(Account.id))] if address else []


def staff(session: Session, role: str) -> list[Person]:
    """The active accounts of a role, by name: whom a case can be given to."""
    active = select(Account).where(Account.role == role, Account.state == ACTIVE)
    return [_person(a) for a in session.scalars(active.order_by(Account.name))]


def _account(session: Session, login: str) -> Account | None:
    return session.scalar(select(Account).where(Account.login == login))


def _person(a: Account) -> Person:
    return Person(a.id, a.login, a.role, a.name, a.email)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(*parts: str) -> str:
    return _hash("\x00".join(parts))


def _limit_codes(session: Session, login: str) -> None:
    key, hour = _key("code", login), timedelta(hours=1)
    session.execute(delete(Try).where(Try.at < clock.now() - 24 * hour))
    sent = list(session.scalars(select(Try.at).where(Try.key == key, Try.at > clock.now() - hour).order_by(Try.at)))
    if len(sent) >= CODES_AN_HOUR:
        raise TooManyTries(max(1, int((sent[-CODES_AN_HOUR] + hour - clock.now()).total_seconds())))
    session.add(Try(key=key, at=clock.now()))


def new_code(session: Session, account: Account, purpose: str, minutes: int, policy: Policy = Policy()) -> str:
    """A code for the account, good for so many minutes; those from before are void."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    session.execute(update(MailedCode).where(MailedCode.account_id == account.id, MailedCode.used_at.is_(None)).values(used_at=clock.now()))
    session.add(MailedCode(account_id=account.id, purpose=purpose, code_hash=passwords.hashed(code), tries_left=policy.code_tries,
                           expires_at=clock.now() + timedelta(minutes=minutes)))
    return code


def _mail_code(session: Session, account: Account, purpose: str, letter: str, policy: Policy) -> None:
    code = new_code(session, account, purpose, policy.code_minutes, policy)
    letters.send(session, account.email, letter, code=code, minutes=policy.code_minutes)


def _with_code(session: Session, login: str, purpose: str, code: str, password: str) -> Person:
    """Use the newest code of the account for a new password; the password is checked first, so that a weak one costs no code."""
    passwords.check(password)
    kept = session.execute(
        select(MailedCode, Account).join(Account).where(
            Account.login == login.strip(), MailedCode.purpose == purpose, MailedCode.used_at.is_(None),
            MailedCode.expires_at > clock.now(), MailedCode.tries_left > 0)
        .order_by(MailedCode.id.desc()).limit(1).with_for_update(of=MailedCode)).first()
    if kept is None:
        raise WrongCode
    mailed, account = kept
    mailed.tries_left -= 1
    if not passwords.matches(mailed.code_hash, code.strip()):
        raise WrongCode
    mailed.used_at = clock.now()
    account.password_hash, account.state = passwords.hashed(password), ACTIVE
    session.flush()
    return _person(account)


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def email_of(session: Session, login: str) -> str:
    """Where to write to the owner of an account. Raises NotFound where there is none."""
    account = _account(session, login)
    if account is None:
        raise NotFound("account", login)
    return account.email
