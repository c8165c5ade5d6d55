"""``trace verify`` and ``trace key``: what they print and how they end."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from generators import bundle, proof
from intake.cli import main
from intake.cli.app import app
from intake.people import audit
from intake.settings import Settings
from intake.store import migrate


def run(*arguments: str | Path) -> Result:
    main.load("trace")
    return CliRunner().invoke(app, ["trace", *map(str, arguments)])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SHOUWEN_DATA_DIR", str(tmp_path / "data"))
    return Settings()


def packed(settings: Settings, folder: Path, log: tuple[int, str] | None = None) -> Path:
    folder.mkdir()
    (folder / "facts.json").write_text("{}", encoding="utf-8")
    out = bundle.build_zip(folder, folder / "bundle.zip", proof.About("1151120-0001", datetime(2026, 11, 20, 9, 0), log))
    proof.seal(out, settings.signing_key())
    return out


def test_the_key_is_made_once_for_the_service_alone_and_named_by_its_fingerprint(settings: Settings) -> None:
    said = json.loads(run("key", "--json").stdout)
    assert said["fingerprint"] == proof.fingerprint(bytes.fromhex(said["public_key"]))
    assert said["fingerprint"] in run("key").stdout
    assert (settings.data_dir / "signing.key").stat().st_mode & 0o777 == 0o600
    assert settings.signing_key() != settings.secret_key()


def test_a_whole_bundle_ends_with_0_a_changed_one_with_3(settings: Settings, tmp_path: Path) -> None:
    file = packed(settings, tmp_path / "case")
    done = run("verify", file)
    assert done.exit_code == 0, done.stderr
    assert "全部相符" in done.stdout
    fingerprint = json.loads(run("key", "--json").stdout)["fingerprint"]
    assert run("verify", file, "--key", fingerprint).exit_code == 0
    assert run("verify", file, "--key", "0" * 64).exit_code == 3
    (tmp_path / "case" / "facts.json").write_text("[]", encoding="utf-8")
    bundle.build_zip(tmp_path / "case", file)
    done = run("verify", file, "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["faults"] == ["清單沒有簽章（manifest.sig），不能證明由誰產生。"]


def test_a_file_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    assert run("verify", tmp_path / "none.zip").exit_code == 2


def test_the_log_that_a_bundle_names_must_be_this_one(settings: Settings, tmp_path: Path) -> None:
    database = migrate.upgrade(settings)
    with database.session() as session:
        audit.record(session, None, audit.LOOK, "case/1151120-0001")
        head = audit.last(session)
    with database.session() as session:
        audit.record(session, None, audit.LOOK, "case/1151120-0001")
        assert audit.last(session, before=datetime(1912, 1, 1)) is None
    database.close()
    assert head is not None
    assert run("verify", packed(settings, tmp_path / "a", head), "--log").exit_code == 0
    done = run("verify", packed(settings, tmp_path / "b", (head[0], "00" * 32)), "--log")
    assert (done.exit_code, "紀錄被換過" in done.stderr) == (3, True)
    done = run("verify", packed(settings, tmp_path / "c"), "--log")
    assert (done.exit_code, "無從核對" in done.stderr) == (3, True)
