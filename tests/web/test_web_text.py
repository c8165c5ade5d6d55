"""Every sentence on the screens has its English, and none of them shouts."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from house import ROOT, House

from domain.case import CLAIM
from eligibility.overview import STATES
from extractors import box
from extractors.risk import WORTH
from intake.people import audit, staff
from intake.people.person import ROLES
from intake.settings import Settings
from intake.store import erase, keeping, rekey, rights
from intake.store.contents import PAPER_ERRORS
from intake.store.views import CASE_STATES, PAPER_STATES
from intake.web import errors, facts, figures, log_words, manage, manage_people, many, questions, render, reread, settle, values
from intake.web.text import english
from intake.work import health

WEB = ROOT / "intake" / "web"


def _said() -> set[str]:
    """What the pages and the modules say through the catalogue."""
    said: set[str] = set()
    for page in (WEB / "pages").glob("*.html"):
        said |= set(re.findall(r"_\('([^']+)'", page.read_text(encoding="utf-8")))
    for module in WEB.glob("*.py"):
        said |= set(re.findall(r'text\(\s*"([^"]+)"', module.read_text(encoding="utf-8"))) - {"en", "zh"}
    tables = (CASE_STATES.values(), STATES.values(), PAPER_STATES.values(), ROLES.values(), audit.ACTIONS, errors.SENTENCES.values(),
              PAPER_ERRORS.values(),
              (w for _, _, w in render.OUTCOME_WORDS.values()), values.WANTED.values(), (h for _, h in questions.GROUPS),
              rights.RIGHTS.values(), rights.STATES.values(), erase.GROUNDS.values(), keeping.NAMES.values(), staff.STATES.values(),
              health.KINDS.values(), health.PROGRAMS.values(), manage_people.DONE.values(), _warned(),
              (w for _, w in facts.WITNESS_WORDS),
              (settle.CONFIRMED, settle.CHOSEN, facts.MENDED, facts.ADOPTED, settle.ADDED, settle.KEPT, reread.REDRAWN, CLAIM),
              (box.EMPTY, box.FAINT, box.MISFIT), (many.TAKEN, many.ASKED, many.SKIPPED),
              rekey.VERDICTS.values(), figures.NAMES.values(), (w for w, _ in figures.STEPS.values()), log_words.KEYS.values())
    return said.union(*tables) - {"OCR", "SHA-256"}


def _warned() -> set[str]:
    """The warnings on the page of how the service is."""
    source = Path(health.__file__).read_text(encoding="utf-8")
    return {s for call in re.findall(r'warn\((?:True|False), ("[^)]+)\)', source, re.DOTALL) for s in re.findall(r'"([^"]+)"', call)}


def test_every_setting_is_explained_in_chinese() -> None:
    assert set(manage.chinese()) == set(Settings.model_fields)


def test_every_sentence_has_its_english() -> None:
    missing = sorted(s for s in _said() if s not in english() and not s.startswith("第 {n}"))
    assert missing == []


def test_each_translation_has_the_same_places_to_fill() -> None:
    for chinese, words in english().items():
        assert set(re.findall(r"\{\w+\}", chinese)) == set(re.findall(r"\{\w+\}", words)), chinese


def test_nobody_is_shouted_at() -> None:
    for chinese, words in english().items():
        assert "！" not in chinese
        assert "!" not in words


def test_the_language_is_kept_by_the_visitor(house: House) -> None:
    visitor = house.visitor()
    assert '<html lang="zh-Hant-TW"' in visitor.get("/login").text
    assert '<html lang="en"' in visitor.get("/login?lang=en").text
    assert "Sign in" in visitor.get("/login").text
    assert '<html lang="zh-Hant-TW"' in visitor.get("/login?lang=zh").text


def test_days_stand_as_each_language_writes_them(house: House) -> None:
    visitor = house.signed_in("rival")
    page = f"/cases/{visitor.new_case('tops-listing')}/papers"
    assert re.search(r"已於 1\d\d/\d\d/\d\d \d\d:\d\d 存好", visitor.get(page).text)
    english = visitor.get(f"{page}?lang=en").text
    assert re.search(r"saved 20\d\d-\d\d-\d\d \d\d:\d\d", english)
    assert "wants no papers" in english, "the programme asks for none"
    assert "不用帶文件" in visitor.get(f"{page}?lang=zh").text


def test_the_files_of_others_are_what_the_list_says() -> None:
    listed = dict(re.findall(r"\| `([^`]+)` \|.*`([0-9a-f]{64})` \|", (WEB / "static" / "VENDOR.md").read_text(encoding="utf-8")))
    assert listed
    for name, digest in listed.items():
        assert hashlib.sha256((WEB / "static" / name).read_bytes()).hexdigest() == digest


def test_every_witness_has_a_word_for_people() -> None:
    for witness in (*WORTH, "text-layer", "ocr", "qr", "check:sum"):
        assert facts.witness(witness) != witness, witness
