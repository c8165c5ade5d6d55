"""The first manager's account is made on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from intake.people import accounts, audit
from intake.people.audit import AuditFilter
from intake.people.person import MANAGER
from intake.settings import Settings
from intake.store import migrate

ROOT = Path(__file__).resolve().parents[2]


def account(folder: Path, *arguments: str, typed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "intake.cli.main", "account", "boss", "--name", "主管", "--email", "boss@example.com"]
    around = os.environ | {"SHOUWEN_DATA_DIR": str(folder)}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=around, input=typed, capture_output=True, text=True, timeout=120,
                          check=False)


def test_the_first_manager_can_sign_in(tmp_path: Path) -> None:
    assert account(tmp_path, typed="weak\nweak\n").returncode == 3
    assert account(tmp_path, "--role", "applicant", typed="Right-Horse-9\nRight-Horse-9\n").returncode == 2
    done = account(tmp_path, typed="Right-Horse-9\nRight-Horse-9\n")
    assert done.returncode == 0, done.stderr
    database = migrate.upgrade(Settings(data_dir=tmp_path))
    with database.session() as session:
        _, person = accounts.sign_in(session, "boss", "Right-Horse-9", "127.0.0.1")
        assert (person.role, person.email) == (MANAGER, "boss@example.com")
        assert [x.detail["role"] for x in audit.search(session, AuditFilter(record="account/boss"))] == [MANAGER]
    database.close()
