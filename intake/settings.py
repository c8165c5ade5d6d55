"""The service's settings: one class, read once at the edge (``shouwen serve``, ``shouwen worker``, a test) and passed down.

Each is set by an environment variable ``SHOUWEN_<NAME>`` or a line in ``.env`` of the working directory; none is needed for a first start.
No module below the edge reads the environment. Sizes are bytes, durations are named by their unit.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractors.policy import DEFAULT


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOUWEN_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("data"), description="folder of everything the service keeps: database, papers, mail, key (0700)")
    database_url: str = Field(default="", description="URL of the database, also postgresql+psycopg://…; empty: SQLite in data_dir")
    host: str = Field(default="127.0.0.1", description="address the web server listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port the web server listens on; 0 takes a free one")
    secure_cookies: bool = Field(default=False, description="send cookies over HTTPS only; on wherever the service stands behind TLS")
    public_url: str = Field(default="", description="address that people open, for links in mail; empty is http://host:port")
    agency_name: str = Field(default="", description="who keeps the personal data, named in the notice; empty: the notice says so")
    agency_contact: str = Field(default="", description="the one contact for people about their data: telephone, mail or address")

    session_hours: int = Field(default=8, ge=1, description="hours after which a log-in ends")
    code_minutes: int = Field(default=15, ge=1, description="minutes for which an e-mailed code is good")
    code_tries: int = Field(default=5, ge=1, description="wrong codes before a code is void")
    sign_in_tries: int = Field(default=5, ge=1, description="failed log-ins of one account from one address before a pause")
    sign_in_pause_seconds: int = Field(default=300, ge=1, description="length of that pause, in seconds")

    smtp_host: str = Field(default="", description="SMTP server; empty: mail is written as .eml files into data_dir/mail")
    smtp_port: int = Field(default=25, description="port of the SMTP server")
    smtp_user: str = Field(default="", description="user name at the SMTP server; empty: no log-in")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="password at the SMTP server")
    smtp_tls: bool = Field(default=False, description="STARTTLS before anything is said")
    mail_from: str = Field(default="shouwen@localhost", description="sender of the service's mail")

    upload_max_bytes: int = Field(default=50 * 1024 * 1024, ge=1, description="largest file that is taken in")
    read_wall_seconds: float = Field(default=120.0, gt=0, description="longest time for a file of up to 20 pages; more in proportion")
    read_page_seconds: float = Field(default=30.0, gt=0, description="longest time for one page")
    read_memory_bytes: int = Field(default=3 * 1024**3, ge=1, description="memory above which a reading child is stopped")
    read_risk: float = Field(default=DEFAULT.risk, ge=0, le=0.5,
                             description="largest estimated chance of being wrong with which a value passes without a person")
    read_workers: int = Field(default=1, ge=1, le=8, description="papers read at the same time, each in a child process of its own")

    registers: dict[str, str] = Field(default={}, description="addresses of public registers that may be asked, JSON by register id")
    register_seconds: float = Field(default=10.0, gt=0, description="longest time for one try at a register")

    scan_dir: str = Field(default="", description="folder in which office scanners put files; empty: none is watched")
    scan_settle_seconds: float = Field(default=10.0, gt=0, description="a file is taken once it has not grown for so long, in seconds")

    imap_host: str = Field(default="", description="IMAP server of the mailbox to which papers are sent; empty: no mail is taken in")
    imap_port: int = Field(default=993, ge=1, le=65535, description="port of the IMAP server")
    imap_user: str = Field(default="", description="user name at the IMAP server")
    imap_password: SecretStr = Field(default=SecretStr(""), description="password at the IMAP server")
    imap_tls: Literal["tls", "starttls", "none"] = Field(default="tls", description="tls from the start, starttls, or none")
    imap_folder: str = Field(default="INBOX", pattern=r"^[ -~]{1,200}$", description="mailbox folder that is looked into")
    imap_done: str = Field(default="Shouwen-done", pattern=r"^[ -~]{1,200}$", description="mailbox folder for what was taken in")
    imap_poll_seconds: float = Field(default=60.0, gt=0, description="pause between two looks into the mailbox, in seconds")
    imap_authserv: str = Field(default="", description="name of the mail server whose Authentication-Results are believed; set: a letter "
                                                       "needs dmarc=pass there, else it waits for a clerk; empty: the sender is believed")

    hook_seconds: float = Field(default=10.0, gt=0, description="longest time for one message to a program's address")
    hook_private: bool = Field(default=False, description="allow http and private addresses for messages to programs")

    worker_name: str = Field(default="worker-1", pattern=r"^[A-Za-z0-9_.-]{1,40}$", description="stable name of this worker")
    worker_poll_seconds: float = Field(default=0.2, gt=0, description="pause between two looks for new work")
    worker_beat_seconds: float = Field(default=2.0, gt=0, description="pause between two heartbeats; silent for five of them is dead")

    @field_validator("registers")
    @classmethod
    def _web(cls, value: dict[str, str]) -> dict[str, str]:
        if any(not address.startswith(("https://", "http://")) for address in value.values()):
            raise ValueError("an address of a register begins with https:// or http://")
        return value

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the service's tables."""
        return self.database_url or f"sqlite:///{self.data_dir / 'shouwen.db'}"

    @property
    def engine_database(self) -> str:
        """The URL of the work engine's own tables: a file of its own under SQLite (so that its polling never waits for our
        writers), the same database under PostgreSQL (a schema of its own)."""
        return self.database_url or f"sqlite:///{self.data_dir / 'work.db'}"

    @property
    def papers_dir(self) -> Path:
        return self.data_dir / "papers"

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"

    def prepare(self) -> None:
        """Make the folders (0700, they hold personal data)."""
        for folder in (self.data_dir, self.papers_dir, self.mail_dir, self.log_dir):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def secret_key(self) -> bytes:
        """32 random bytes in ``data_dir/secret.key`` for what the service signs for itself."""
        return self._key("secret")

    def signing_key(self) -> bytes:
        """32 random bytes in ``data_dir/signing.key``: the Ed25519 key that signs bundles. Auditors know it by its fingerprint
        (``shouwen trace key``), so it belongs in the backup."""
        return self._key("signing")

    def _key(self, name: str) -> bytes:
        """The key of that name, made with mode 0600 at first use. Two starts at once get the same key."""
        path = self.data_dir / f"{name}.key"
        self.prepare()
        if not path.exists():
            draft = path.with_name(f"{name}.{os.getpid()}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(secrets.token_bytes(32))
                f.flush()
                os.fsync(f.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes()
