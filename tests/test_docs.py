"""The documentation is part of the change: a command, setting, kind or dependency without its lines fails."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from intake.cli import app as cli
from intake.cli.main import HOMES, load
from intake.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_command_has_a_section() -> None:
    sections = set(re.findall(r"^## (\S+)$", text("commands.md"), re.M))
    load()
    assert set(get_command(cli.app).commands) == set(HOMES) == sections  # type: ignore[attr-defined]


def test_every_setting_is_explained_to_the_operator() -> None:
    operator = text("operator.md")
    missing = [f"SHOUWEN_{n.upper()}" for n in Settings.model_fields if f"SHOUWEN_{n.upper()}" not in operator]
    assert not missing


def test_every_dependency_has_a_reason_and_a_licence() -> None:
    rows = set(re.findall(r"^\| ([\w.\[\]-]+) \|", text("third-party.md"), re.M))
    asked = {line.strip() for line in (ROOT / "requirements" / "run.in").read_text().splitlines() if line and not line.startswith("#")}
    assert asked <= rows


def test_every_pin_has_a_hash_and_no_file_names_an_index() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        content = file.read_text()
        assert "index-url" not in content
        assert "://" not in content
        pins = re.findall(r"^([\w.-]+)==\S+ (\\)?$", content, re.M)
        assert len(re.findall(r"^[\w.-]+==", content, re.M)) == len(pins), file


@pytest.mark.parametrize("file", sorted(DOCS.rglob("*.md")) + [ROOT / "README.md"], ids=lambda f: str(f.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        assert "://" in target or (file.parent / target).exists(), f"{file}: {target}"


def test_every_decision_record_is_listed() -> None:
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", text("decisions/README.md")))
    assert listed == {f.name for f in (DOCS / "decisions").glob("0*.md")}
