"""The real service for the tests of the web: a web process and a worker process over one folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from house import FORM, HEADCOUNT, PASSWORD, PEOPLE, REGISTERED, ROOT, START, House, free_port, is_up, register, wait

from intake.people import accounts
from intake.settings import Settings
from intake.store import migrate


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    port = free_port()
    settings = Settings(data_dir=folder / "data", port=port, _env_file=None)
    database = migrate.upgrade(settings)
    with database.session() as session:
        for login, role, name in PEOPLE.values():
            accounts.create_staff(session, login, role, name, f"{login}@example.com", PASSWORD)
    replies = register(json.dumps([REGISTERED], ensure_ascii=False).encode())
    asked = json.dumps({"gcis-company": f"http://127.0.0.1:{replies.server_port}/"})
    around = os.environ | {"SHOUWEN_DATA_DIR": str(settings.data_dir), "SHOUWEN_PORT": str(port), "PYTHONPATH": str(ROOT),
                           "SHOUWEN_REGISTERS": asked, "SHOUWEN_HOOK_PRIVATE": "true", "SHOUWEN_SCAN_DIR": str(settings.data_dir / "scans"),
                           "SHOUWEN_SCAN_SETTLE_SECONDS": "0.5"}
    with (folder / "log").open("wb") as log:
        started = [subprocess.Popen([sys.executable, str(START), part], env=around, cwd=folder, stdout=log, stderr=log)
                   for part in ("serve", "worker")]
        url = f"http://127.0.0.1:{port}"
        try:
            wait(lambda: is_up(url, started, folder / "log"))
            yield House(url, settings, database, *started)
        finally:
            for process in started:
                process.kill()
                process.wait()
            database.close()
            replies.shutdown()


@pytest.fixture(scope="session")
def read_case(house: House) -> str:
    """A case of the shop whose papers are read; tests that use it change nothing in it."""
    return house.read_case(papers=(FORM, HEADCOUNT))
