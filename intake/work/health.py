"""How the service is: workers, what waits, reading times, engines, disk, database, mail; and what to do where something is wrong."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from eligibility.dates import calendar
from intake import clock
from intake.people import demo
from intake.people.accounts import ACTIVE
from intake.people.mail import MOST_TRIES
from intake.settings import Settings
from intake.store import errands, faults
from intake.store.errands import Failing
from intake.store.hooks import OFF, SENT
from intake.store.tables import Account, Job, Mail, PaperRow, Worker
from intake.store.tables_machines import DeliveryRow, HookRow

BEATS = 5
LATE_MINUTES = 10
LOW_DISK_BYTES = 2 * 1024**3
LAST_READS = 20
ENGINES = ("rapidocr", "openvino", "tesserocr", "pypdfium2", "opencv-python-headless", "zxing-cpp", "docxtpl", "dbos", "sqlalchemy",
           "fastapi")
PROGRAMS = {"soffice": "找不到 soffice：做不出 PDF 與 ODT 表單。", "tesseract": "找不到 tesseract：沒有第二引擎複核。"}
ERRANDS = {
    "mail": ("寄信", "請核對 SHOUWEN_SMTP_ 開頭的設定與寄信伺服器。"),
    "hooks": ("通知程式", "請看 data/log 的紀錄；送不到的網址列在下面。"),
    "folder": ("掃描資料夾", "請確認 SHOUWEN_SCAN_DIR 的資料夾還掛著，裡面的檔案可以讀也可以移走。"),
    "mailbox": ("收件信箱", "請核對 SHOUWEN_IMAP_ 開頭的設定、信箱的密碼與伺服器的憑證。"),
    "tidy": ("清理過期的檔案與信", "請看 data/log 的紀錄，並確認資料夾可以寫入。"),
}
"""What a worker does beside its jobs: its name, and what to do where it fails."""
KINDS = {"read": "讀文件", "settle": "判斷", "fill": "填表單"}


@dataclass(frozen=True)
class WorkerHealth:
    """A worker; ``silent`` seconds since its last beat; ``alive`` while that is fewer than five beats."""

    name: str
    pid: int
    started_at: datetime
    silent: int
    alive: bool


@dataclass(frozen=True)
class Queue:
    """What waits of one kind of work; ``minutes`` the age of the oldest, ``failed`` how many were given up in the last day."""

    kind: str
    waiting: int
    minutes: int
    failed: int


@dataclass(frozen=True)
class Errand:
    """Something a worker does beside its jobs. ``on``: it is set up; ``failing`` how it fails now, by worker; ``do`` what helps."""

    name: str
    on: bool
    failing: tuple[Failing, ...]
    do: str


@dataclass(frozen=True)
class Deaf:
    """An address that was turned off since it took nothing: whose it is, when it last failed and why; ``waiting`` messages are kept."""

    host: str
    login: str
    at: datetime | None
    error: str
    waiting: int


@dataclass(frozen=True)
class Warning:
    """Something that wants a person: what it is and what to do. ``bad``: work stands still or data is at risk."""

    bad: bool
    what: str
    do: str


@dataclass(frozen=True)
class Health:
    """The whole. Sizes in bytes; ``read_seconds`` the median and the longest of the last reads from asking to the end, None without any;
    ``unread`` the papers that a fault of ours left unread: our code failed, the stored file is gone."""

    workers: tuple[WorkerHealth, ...]
    queues: tuple[Queue, ...]
    read_seconds: tuple[float, float] | None
    reads: int
    engines: Mapping[str, str]
    programs: Mapping[str, str]
    disk_free: int
    disk_total: int
    database: str
    database_bytes: int
    papers_bytes: int
    mail: tuple[int, int, int]
    mail_error: str
    errands: tuple[Errand, ...]
    deaf: tuple[Deaf, ...]
    unread: tuple[int, int] = (0, 0)
    warnings: tuple[Warning, ...] = ()

    @property
    def mail_failing(self) -> int:
        """Letters that failed and are tried again; ``mail`` is those that wait, these, and those given up."""
        return self.mail[1]


def health(session: Session, settings: Settings) -> Health:
    """How everything is now."""
    workers, queues = _workers(session, settings), _queues(session)
    took = [max(0.0, (done - asked).total_seconds()) for asked, done in session.execute(
        select(Job.created_at, Job.done_at).where(Job.kind == "read", Job.done_at.is_not(None), Job.error == "")
        .order_by(Job.done_at.desc()).limit(LAST_READS)) if done is not None]
    disk = shutil.disk_usage(settings.data_dir)
    unsent = Mail.sent_at.is_(None)
    waiting, failing, given_up = (session.scalar(select(func.count()).select_from(Mail).where(unsent, w)) or 0 for w in (
        Mail.tries < MOST_TRIES, (Mail.tries > 0) & (Mail.tries < MOST_TRIES), Mail.tries >= MOST_TRIES))
    error = session.scalar(select(Mail.error).where(unsent, Mail.error != "").order_by(Mail.id.desc()).limit(1)) or ""
    engines = {name: v for name in ENGINES if (v := _version(name))}
    programs = {name: shutil.which(name) or "" for name in PROGRAMS}
    papers = session.scalar(select(func.sum(PaperRow.size))) or 0
    found = Health(workers, queues, (statistics.median(took), max(took)) if took else None, len(took), engines, programs, disk.free,
                   disk.total, session.get_bind().dialect.name, _size(session, settings), int(papers), (waiting, failing, given_up), error,
                   _errands(session, settings), _deaf(session), faults.count(session))
    return replace(found, warnings=tuple(_warnings(session, settings, found)))


def _workers(session: Session, settings: Settings) -> tuple[WorkerHealth, ...]:
    out = []
    for w in session.scalars(select(Worker).order_by(Worker.name)):
        silent = max(0.0, time.time() - w.beat)
        out.append(WorkerHealth(w.name, w.pid, w.started_at, int(silent), silent < BEATS * settings.worker_beat_seconds))
    return tuple(out)


def _queues(session: Session) -> tuple[Queue, ...]:
    out = []
    for kind in KINDS:
        open_ones = (Job.kind == kind, Job.done_at.is_(None))
        waiting = session.scalar(select(func.count()).select_from(Job).where(*open_ones)) or 0
        oldest = session.scalar(select(func.min(Job.created_at)).where(*open_ones))
        failed = session.scalar(select(func.count()).select_from(Job).where(
            Job.kind == kind, Job.error != "", Job.done_at > clock.now() - timedelta(days=1))) or 0
        out.append(Queue(kind, waiting, int((clock.now() - oldest).total_seconds() // 60) if oldest else 0, failed))
    return tuple(out)


def _errands(session: Session, settings: Settings) -> tuple[Errand, ...]:
    found = errands.failing(session)
    on = {"folder": bool(settings.scan_dir), "mailbox": bool(settings.imap_host)}
    return tuple(Errand(name, on.get(name, True), tuple(f for f in found if f.name == name), do) for name, (_, do) in ERRANDS.items())


def _deaf(session: Session) -> tuple[Deaf, ...]:
    """Addresses of programs that take nothing. Only the host is told: the path may hold a secret of its owner's."""
    other = aliased(DeliveryRow)
    left = (other.hook_id == HookRow.id, other.state != SENT)
    waiting = select(func.count()).where(*left).correlate(HookRow).scalar_subquery()
    last = select(func.max(other.id)).where(*left).correlate(HookRow).scalar_subquery()
    query = (select(HookRow.url, Account.login, DeliveryRow.done_at, DeliveryRow.error, waiting)
             .join(Account, Account.id == HookRow.account_id).join(DeliveryRow, DeliveryRow.id == last).where(HookRow.state == OFF))
    return tuple(Deaf(urlsplit(url).hostname or "", *more) for url, *more in session.execute(query) if more[2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _size(session: Session, settings: Settings) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("select pg_database_size(current_database())")) or 0)
    file = Path(settings.database.removeprefix("sqlite:///"))
    return sum(p.stat().st_size for p in file.parent.glob(f"{file.name}*") if p.is_file())


def _warnings(session: Session, settings: Settings, h: Health) -> list[Warning]:
    out: list[Warning] = []

    def warn(bad: bool, what: str, do: str) -> None:
        out.append(Warning(bad, what, do))

    if not any(w.alive for w in h.workers):
        warn(True, "沒有工作程序在運作，文件不會被讀取，信也不會寄出。", "在伺服器執行 shouwen worker；已收到的文件都在，啟動後接著做。")
    if any(not w.alive for w in h.workers) and any(w.alive for w in h.workers):
        warn(False, "有工作程序停止回報。", "它的工作會由別的接手；請看 data/log 的紀錄，再重新啟動它。")
    if any(q.minutes >= LATE_MINUTES for q in h.queues):
        warn(False, "有工作等了十分鐘以上。", "正在讀很大的檔案、或當事人請求停止的案件，屬正常；一直不動請重新啟動工作程序，或加開一個。")
    if any(q.failed for q in h.queues):
        warn(False, "一天內有工作沒有做成。", "到案件頁再讀一次；仍然不行請看 data/log 的紀錄。")
    if h.unread[0]:
        warn(True, "有文件因系統的問題沒有讀成。", "換成新版以後會自動再讀一次；也可以按下面的「全部再讀一次」。")
    if h.unread[1]:
        warn(True, "有收到的檔案在 data/papers 找不到。", "請由備份放回，再按下面的「全部再讀一次」；沒有備份的，請申請人再交一次。")
    if any(e.failing for e in h.errands):
        warn(True, "有差事一直失敗，例如寄信、收信或收掃描檔。", "看下面「差事」那一列說的原因；修好以後會自己接著做。")
    if h.deaf:
        warn(False, "有程式的通知網址送不到，已經停用。", "請看下面「送不到的通知網址」，告訴它的主人；修好後由主人重新啟用。")
    if h.disk_free < LOW_DISK_BYTES or h.disk_free < h.disk_total // 20:
        warn(True, "磁碟空間快用完了，收不了新檔案。", "清出空間或換大一點的磁碟；保存期滿的案件可以先刪除。")
    if h.mail[2]:
        warn(True, "有信試了幾次都寄不出去，已經放棄。", "請核對 SHOUWEN_SMTP_ 開頭的設定，並另行通知收件人。")
    elif h.mail_failing:
        warn(False, "有信還沒寄成，會再試。", "請核對 SHOUWEN_SMTP_ 開頭的設定與寄信伺服器。")
    if not settings.smtp_host:
        warn(False, "沒有設定寄信伺服器，信只存成檔案，收件人收不到。", "設定 SHOUWEN_SMTP_HOST。")
    for name, off in PROGRAMS.items():
        if not h.programs[name]:
            warn(False, off, "請在伺服器安裝後重新啟動。")
    today = clock.today()
    if max(calendar().years) < (today + timedelta(days=60)).year:
        warn(False, "辦公日曆沒有之後的年度，工作天的期限會算不出來。",
             "在 eligibility/office_calendar.yaml 補上行政院人事行政總處公布的年度。")
    known = [a.login for a in demo.ACCOUNTS]
    if session.scalar(select(func.count()).where(Account.login.in_(known), Account.email.like("%@example.com"), Account.state == ACTIVE)):
        warn(True, "示範帳號開著，它們的密碼是公開的。", "正式使用前停用示範帳號，也不要用 --demo 啟動。")
    if settings.public_url.startswith("https://") and not settings.secure_cookies:
        warn(True, "網址是 HTTPS，登入憑證卻沒有限定 HTTPS。", "設定 SHOUWEN_SECURE_COOKIES=true。")
    return out
