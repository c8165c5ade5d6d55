"""The house rule: intake → {extractors, eligibility, generators} → domain, third parties in their stage, imports at the top."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "extractors", "eligibility", "generators", "intake")
MAY_IMPORT = {
    "domain": {"domain"},
    "extractors": {"domain", "extractors"},
    "eligibility": {"domain", "eligibility"},
    "generators": {"domain", "generators"},
    "intake": set(PACKAGES),
}
ONLY_IN = {
    "extractors": {"pypdfium2", "pytesseract", "tesserocr", "rapidocr", "openvino", "zxingcpp", "cv2"},
    "generators": {"docxtpl", "docx", "pypdf", "pikepdf"},
    "intake": {"fastapi", "starlette", "sqlalchemy", "alembic", "dbos", "argon2", "uvicorn", "typer", "rich", "pydantic_settings"},
}
STILL = {"socket", "urllib", "requests", "httpx", "sqlite3", "smtplib"}
"""The network and databases, which no stage may touch."""


def modules() -> list[Path]:
    return [p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for name, line in imports(ast.parse(path.read_text(encoding="utf-8"))):
        top = name.split(".")[0]
        if top in PACKAGES:
            assert top in MAY_IMPORT[package], f"{path}:{line} imports {name}: {package} may import {sorted(MAY_IMPORT[package])}"
        for home, libraries in ONLY_IN.items():
            assert top not in libraries or package == home, f"{path}:{line} imports {name}, which belongs to {home}"
        if package != "intake":
            assert top not in STILL, f"{path}:{line} imports {name}: a stage touches no network and no database"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{path}:{inner[0].lineno} imports inside {node.name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_stage_does_not_look_at_the_clock(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    if package == "intake":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("today", "now", "utcnow"):
            pytest.fail(f"{path}:{node.lineno} asks for the time; the day is an argument")


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_this_repository_s(package: str) -> None:
    """PyPI has another package named intake."""
    module = importlib.import_module(package)
    assert Path(module.__file__ or "").resolve().is_relative_to(ROOT)


def test_a_file_fits_on_a_few_screens() -> None:
    long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350}
    assert not long, f"two rooms are easier to live in: {long}"
