"""Every setting has a meaning, a default, and one way in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from intake.settings import Settings


def test_a_first_start_needs_none() -> None:
    settings = Settings(_env_file=None)
    assert settings.data_dir.is_absolute()
    assert settings.database.startswith("sqlite:///")
    assert settings.engine_database != settings.database


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_means(name: str) -> None:
    assert len(Settings.model_fields[name].description or "") > 15


def test_the_environment_is_the_way_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOUWEN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SHOUWEN_SMTP_PASSWORD", "hidden-word")
    monkeypatch.setenv("SHOUWEN_DATABASE_URL", "postgresql+psycopg://u:p@localhost/x")
    settings = Settings(_env_file=None)
    assert settings.papers_dir == tmp_path / "papers"
    assert settings.database == settings.engine_database == "postgresql+psycopg://u:p@localhost/x"
    assert "hidden-word" not in repr(settings)


@pytest.mark.parametrize(("name", "value"), [("PORT", "70000"), ("WORKER_NAME", "../x"), ("READ_WORKERS", "0"), ("SESSION_HOURS", "no")])
def test_a_nonsensical_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"SHOUWEN_{name}", value)
    with pytest.raises(ValidationError):
        Settings(_env_file=None)
