"""docs/api.md does what it says: its commands are run against the real service, and every call has an example of the real shape."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from house import FORM, HEADCOUNT, ROOT, House, sample

from intake.people import accounts, keys
from intake.people.person import APPLICANT
from intake.store import repository
from intake.store.views import SUBMITTED
from intake.web import api_examples
from intake.work import hooks

GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = {language: re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.M | re.S) for language in ("bash", "python")}


@pytest.fixture
def around(house: House, tmp_path: Path) -> dict[str, str]:
    """A folder with the papers that the guide names, and the environment that it wants: an applicant of its own and their key."""
    shutil.copy(sample(FORM), tmp_path / "登記表.pdf")
    shutil.copy(sample(HEADCOUNT), tmp_path / "投保人數.pdf")
    with house.database.session() as session:
        login = f"guide-{tmp_path.name}"[:60]
        person = accounts.create_staff(session, login, APPLICANT, "照著手冊做股份有限公司", "guide@example.com", "Right-Horse-9")
        _, key = keys.make(session, person, "手冊", keys.WRITE, 30)
    return os.environ | {"SHOUWEN": house.url, "KEY": key, "LOGIN": login}


def sent_in(house: House, login: str, folder: Path) -> None:
    """The case of that applicant has been sent in, with both papers read, what was entered, and its bundle in the folder."""
    with house.database.reading() as session:
        owner = accounts.person(session, login)
        assert owner is not None
        cases = repository.cases_of(session, owner)
        assert [c.state for c in cases] == [SUBMITTED]
        assert [p.state for p in repository.papers(session, cases[0].id)] == ["read", "read"]
        assert {e.field for e in repository.entries(session, cases[0].id)} == {"contact.name", "contact.email"}
    assert "decision.json" in {Path(n).name for n in zipfile.ZipFile(folder / "bundle.zip").namelist()}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("jq") is None or shutil.which("curl") is None, reason="curl and jq are not installed")
def test_the_commands_of_the_guide_work_a_whole_case(house: House, around: dict[str, str], tmp_path: Path) -> None:
    script = "set -euo pipefail\n" + "\n".join(BLOCKS["bash"])
    done = subprocess.run(["bash", "-c", script], env=around, cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.splitlines()[-1] == SUBMITTED
    sent_in(house, around["LOGIN"], tmp_path)


@pytest.mark.office
def test_the_program_of_the_guide_works_a_whole_case(house: House, around: dict[str, str], tmp_path: Path) -> None:
    program = next(b for b in BLOCKS["python"] if "httpx.Client" in b)
    done = subprocess.run([sys.executable, "-c", program], env=around, cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.splitlines()[-1] == SUBMITTED
    sent_in(house, around["LOGIN"], tmp_path)


def test_the_guide_tells_our_messages_from_forged_ones(tmp_path: Path) -> None:
    path = tmp_path / "guide_signature.py"
    path.write_text(next(b for b in BLOCKS["python"] if "def is_from_shouwen" in b), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("guide_signature", path)
    assert spec is not None
    assert spec.loader is not None
    guide = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guide)
    secret, body, now = hooks.secret(b"k" * 32, "salt"), b'{"type": "ping"}', int(time.time())

    def headers(at: int) -> dict[str, str]:
        return {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": hooks.signature(secret, "msg_1", at, body)}

    assert guide.is_from_shouwen(secret, headers(now), body)
    assert not guide.is_from_shouwen(secret, headers(now), body + b" ")
    assert not guide.is_from_shouwen(secret, headers(now - 3600), body)
    assert not guide.is_from_shouwen(hooks.secret(b"k" * 32, "other"), headers(now), body)


def shape(value: Any) -> Any:
    """The names in an answer, a list by its first item; names that differ from case to case are left out."""
    if isinstance(value, dict):
        free = any("." in k for k in value)
        return {k: shape(v) for k, v in value.items() if k not in FREE} if not free else {}
    return [shape(value[0])] if isinstance(value, list) and value else value if isinstance(value, list) else None


FREE = ("used", "parameters", "slots", "detail", "only_if", "fields", "origin", "places", "clause")


def within(example: Any, real: Any) -> bool:
    """Whether an example names nothing that a real answer does not have, and leaves nothing out."""
    if isinstance(example, dict) and isinstance(real, dict):
        return example.keys() == real.keys() and all(within(v, real[k]) for k, v in example.items())
    if isinstance(example, list) and isinstance(real, list):
        return not example or not real or within(example[0], real[0])
    return example is None or real is None or type(example) is type(real)


def test_every_call_has_an_example_of_the_shape_of_a_real_answer(house: House, read_case: str) -> None:
    described = house.visitor().client.get("/api/v1/openapi.json").json()
    api, auditor = house.api("shop"), house.api("auditor")
    paper = api.get(f"/cases/{read_case}/papers").json()[0]["id"]
    assert api.post("/keys", json={"name": "ERP", "scope": "read", "days": 30}).status_code == 201
    hook = api.post("/hooks", json={"url": "https://example.com/in", "events": ["forms.filled"]}).json()["id"]
    looked, wrong = 0, []
    for path, calls in described["paths"].items():
        for method, call in calls.items():
            name = f"{method.upper()} {path.removeprefix(api_examples.ROOT)}"
            good = next(a for s, a in call["responses"].items() if s.startswith("2"))
            kinds = good.get("content", {})
            assert "204" in call["responses"] or kinds, name
            if "application/json" in call.get("requestBody", {}).get("content", {}):
                assert call["requestBody"]["content"]["application/json"]["example"], name
            assert all("example" in p for p in call.get("parameters", ())), name
            example = kinds.get("application/json", {}).get("example")
            assert example is not None or "application/json" not in kinds, name
            if method == "get" and example is not None:
                asked = path.removeprefix(api_examples.ROOT).format(number=read_case, paper_id=paper, hook_id=hook)
                real = (auditor if name == "GET /audit" else api).get(asked)
                if real.status_code == 200:
                    looked += 1
                    if not within(shape(example), shape(real.json())):
                        wrong.append(f"{name} {json.dumps(shape(real.json()), ensure_ascii=False)}")
    assert wrong == []
    assert looked >= 12
    page = house.visitor().get("/api").text
    assert page.count("<details") >= looked
