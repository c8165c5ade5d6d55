"""``shouwen start``: one command, a service and its worker, which comes back when it is killed and goes when the service goes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG = 60


def until(done: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LONG
    while not done():
        assert time.monotonic() < end, f"not within {LONG} s: {what}"
        time.sleep(0.1)


def workers(parent: int) -> list[int]:
    """The worker processes that were started for ``parent``; what a worker itself starts does not count."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"worker" in words and str(parent).encode() in words:
                found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return [pid for pid, above in found.items() if above not in found]


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/login").status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = {**os.environ, "SHOUWEN_DATA_DIR": str(tmp_path / "data"), "SHOUWEN_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "intake.cli.main", "start"], cwd=ROOT, env=env)
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}"), "the log-in page")
        until(lambda: workers(process.pid), "a worker")
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def test_a_killed_worker_is_followed_by_another_and_both_end_together(service: tuple[subprocess.Popen[bytes], str]) -> None:
    process, url = service
    (first,) = workers(process.pid)
    os.kill(first, signal.SIGKILL)
    until(lambda: [w for w in workers(process.pid) if w != first], "another worker")
    assert answers(url)
    process.send_signal(signal.SIGINT)
    process.wait(LONG)
    assert workers(process.pid) == []


def test_a_killed_service_leaves_no_worker_behind(service: tuple[subprocess.Popen[bytes], str]) -> None:
    process, _ = service
    process.kill()
    process.wait()
    until(lambda: not workers(process.pid), "the worker's end")


def test_a_taken_port_is_refused_before_anything_is_begun(service: tuple[subprocess.Popen[bytes], str], tmp_path: Path) -> None:
    port = service[1].rpartition(":")[2]
    env = {**os.environ, "SHOUWEN_DATA_DIR": str(tmp_path / "other"), "SHOUWEN_PORT": port}
    done = subprocess.run([sys.executable, "-m", "intake.cli.main", "start"], cwd=ROOT, env=env, capture_output=True, text=True,
                          check=False, timeout=LONG)
    assert done.returncode == 2
    assert "SHOUWEN_PORT" in done.stderr
    assert not (tmp_path / "other").exists()
