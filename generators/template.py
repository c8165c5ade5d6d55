"""The official forms as folders: ``form_templates/<form>/<edition>/{template.docx, form.yaml}``.

``template.docx`` is what a clerk edits in a word processor; where a value prints stands a tag: ``{{ company_name }}``.
``form.yaml`` says what each tag is. A new form, or a new edition of one, is a new folder; nothing else is edited.

Tags of a slot ``x``: ``x`` itself; ``x_1``, ``x_2`` … the box (□ or ■) of each option of a check slot, in the order of the options;
``x_1_remark`` … what the value says beside that option, ``x_rest`` beyond all; ``x_y``, ``x_m``, ``x_d`` the Republic year,
month and day of a date; ``x_<part>`` each of its parts; of a rows slot, ``x`` is the list to loop over, each row with its columns by key,
``no`` (1, 2 …) and ``nn`` (01, 02 …); ``x.at(i)`` is row i, or an empty one beyond the last.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from domain.errors import DefinitionError
from domain.field import Value
from domain.form import Slot
from generators import expression

ROOT = Path(__file__).resolve().parent.parent / "form_templates"

TYPES = ("text", "longtext", "rocdate", "datetime", "int", "percent", "money元", "money千元", "money萬元", "大寫", "大寫數",
         "check1", "checkN", "rows", "seal", "sign", "fixed")
"""How a slot prints: the types of FORMS.md, 大寫 (an amount in financial numerals: 新臺幣…元整) and 大寫數 (the numerals alone, where the
form itself prints 新台幣 and 元整)."""

BLANK_TYPES = ("seal", "sign")
CHECK_TYPES = ("check1", "checkN")
SLOT_KEYS = {"id", "label", "type", "field", "source", "required", "options", "as", "blank", "layout", "prefix", "text", "compute",
             "fallback", "pick", "suffix", "how", "columns", "least", "most", "parts", "key", "separator", "remark", "rest"}


@dataclass(frozen=True)
class Part:
    """A piece of a record that prints at its own tag, or a column of a rows slot: ``key`` in the record (or ``of``, an
    expression over the record's keys), printed after ``type``."""

    key: str
    label: str
    type: str
    blank: str = ""
    options: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class How:
    """How a slot prints, beyond its type.

    ``blank`` stands where the value is unknown. ``layout`` sets a date: ``{y} 年 {m} 月 {d} 日``; with spaces between digits where
    ``spaced``. ``prefix`` is printed by the template itself and not printed twice. ``compute`` is an expression over the facts whose
    result prints (a given value that differs is reported); ``fallback`` one that prints only where the fact is unknown; ``pick`` takes a
    piece of the fact (``settle.increase_items[0].amount``). ``suffix`` is left off the printed text. ``how`` says
    the computation in Chinese. ``values`` are the fact values of the options, in their
    order (a list: any of them). ``parts`` of a text are what stands between its commas. ``remark`` is the blank beside each option of a
    check slot where the value says more than the option (``是，軟體甲``), ``rest`` the blank for what it says beyond all options."""

    type: str
    blank: str = ""
    layout: str = "民國{y}年{m}月{d}日"
    spaced: bool = False
    prefix: str = ""
    text: str = ""
    compute: str = ""
    fallback: str = ""
    pick: str = ""
    suffix: str = ""
    how: str = ""
    values: tuple[Value, ...] = ()
    columns: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    least: int = 0
    most: int = 0
    key: str = ""
    separator: str = "、"
    remark: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Check:
    """What must hold of the facts. ``holds`` is an expression; where a fact in it is unknown, nothing is said."""

    slot: str
    holds: str
    message: str


@dataclass(frozen=True)
class Pages:
    """How many pages the form may have, ``without`` those that do not count; ``slot`` says the number, ``message`` that there are
    too many."""

    slot: str
    most: int
    without: int
    message: str


@dataclass(frozen=True)
class FormTemplate:
    """One edition of one form. ``fixed`` are the words that every filled copy bears, in their order."""

    id: str
    edition: str
    title: str
    programme: str
    folder: Path
    sha256: str
    slots: tuple[Slot, ...]
    how: Mapping[str, How]
    checks: tuple[Check, ...]
    fixed: tuple[str, ...]
    pages: Pages | None = None

    @property
    def docx(self) -> Path:
        return self.folder / "template.docx"

    @property
    def yaml(self) -> Path:
        return self.folder / "form.yaml"

    @property
    def recorded(self) -> Path:
        """Where the edition's hash is recorded, as ``sha256sum --check`` reads it."""
        return self.folder / "template.sha256"

    def slot(self, slot_id: str) -> Slot:
        return next(s for s in self.slots if s.id == slot_id)

    def tags(self) -> dict[str, str]:
        """Every tag that the .docx may use, with the slot it belongs to."""
        out: dict[str, str] = {}
        for s in self.slots:
            how = self.how[s.id]
            names = [s.id, *(f"{s.id}_{i + 1}" for i in range(len(s.options))), *(f"{s.id}_{p.key}" for p in how.parts)]
            if how.type in ("rocdate", "datetime"):
                names += [f"{s.id}_{p}" for p in "ymd"]
            if how.remark:
                names += [f"{s.id}_{i + 1}_remark" for i in range(len(s.options))]
            if how.rest:
                names.append(f"{s.id}_rest")
            out |= dict.fromkeys(names, s.id)
        return out


def load(root: Path = ROOT) -> Mapping[str, FormTemplate]:
    """The newest edition of every form, by form id. Raises DefinitionError for an ill-formed folder."""
    return {form: found[-1] for form, found in editions(root).items()}


def editions(root: Path = ROOT) -> Mapping[str, Sequence[FormTemplate]]:
    """Every edition of every form, oldest first. Raises DefinitionError for an ill-formed folder."""
    out: dict[str, list[FormTemplate]] = {}
    for file in sorted(root.glob("*/*/")):
        if file.name.startswith((".", "_")) or file.parent.name.startswith((".", "_")):
            continue
        out.setdefault(file.parent.name, []).append(load_folder(file))
    return {form: sorted(found, key=lambda t: _natural(t.edition)) for form, found in sorted(out.items())}


def load_folder(folder: Path) -> FormTemplate:
    """One edition. Raises DefinitionError that names file, place and what to change."""
    file, docx = folder / "form.yaml", folder / "template.docx"
    where = f"form_templates/{folder.parent.name}/{folder.name}"
    for needed in (file, docx):
        if not needed.is_file():
            raise DefinitionError(where, f"{needed.name} is missing", f"請把 {needed.name} 放進這個資料夾")
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise DefinitionError(f"{where}/form.yaml", f"not YAML: {e}", "請檢查縮排與引號") from e
    return _Reader(f"{where}/form.yaml").template(data, folder, hashlib.sha256(docx.read_bytes()).hexdigest())


def _natural(edition: str) -> list[tuple[int, str]]:
    return [(int(p), "") if p.isdigit() else (-1, p) for p in re.findall(r"\d+|\D+", edition)]


@dataclass(frozen=True)
class _Reader:
    """Reads form.yaml; ``where`` is the file as a person knows it."""

    where: str

    def wrong(self, place: str, problem: str, mend: str) -> DefinitionError:
        return DefinitionError(f"{self.where} {place}", problem, mend)

    def template(self, data: Any, folder: Path, sha256: str) -> FormTemplate:
        if not isinstance(data, dict) or not isinstance(data.get("slots"), list):
            raise self.wrong("", "no slots", "請列出 slots: 各欄位")
        for key, want in (("form", folder.parent.name), ("edition", folder.name)):
            if data.get(key) != want:
                raise self.wrong(key, f"{data.get(key)!r} is not {want!r}", f"{key} 應與資料夾名稱相同，並加引號：\"{want}\"")
        pairs = [self.slot(s, i) for i, s in enumerate(data["slots"], 1)]
        slots = tuple(s for s, _ in pairs)
        ids = [s.id for s in slots]
        if len(set(ids)) != len(ids):
            raise self.wrong("slots", "a slot id stands twice", "每個 id 只能用一次")
        checks = tuple(self.check(c, i, set(ids)) for i, c in enumerate(data.get("checks") or (), 1))
        title, programme = self.word(data, "title", "title"), str(data.get("programme", ""))
        fixed = tuple(str(x) for x in data.get("fixed") or ())
        how = {s.id: h for s, h in pairs}
        pages = self.pages(data["pages"], set(ids)) if "pages" in data else None
        return FormTemplate(data["form"], data["edition"], title, programme, folder, sha256, slots, how, checks, fixed, pages)

    def pages(self, data: Any, ids: set[str]) -> Pages:
        if not isinstance(data, dict) or set(data) != {"slot", "most", "without", "message"} or data["slot"] not in ids:
            raise self.wrong("pages", f"{data!r}", "pages 要有 slot（本表單的欄位 id）、most、without（頁數）與 message")
        return Pages(data["slot"], int(data["most"]), int(data["without"]), str(data["message"]))

    def word(self, data: Mapping[str, Any], key: str, place: str) -> str:
        if not isinstance(data.get(key), str) or not data[key]:
            raise self.wrong(place, f"{key} is missing", f"請寫上 {key}:")
        return str(data[key])

    def slot(self, data: Any, number: int) -> tuple[Slot, How]:
        if not isinstance(data, dict):
            raise self.wrong(f"slots[{number}]", "not a mapping", "每個欄位要有 id、label、type")
        place = f"slots[{number}] {data.get('id', '')}".strip()
        if stray := set(data) - SLOT_KEYS:
            raise self.wrong(place, f"unknown key {sorted(stray)[0]!r}", f"可用的是 {'、'.join(sorted(SLOT_KEYS))}")
        slot_id, kind = self.word(data, "id", place), self.word(data, "type", place)
        style = str(data.get("as", kind))
        if style not in TYPES:
            raise self.wrong(place, f"unknown type {style!r}", f"type 應為 {'、'.join(TYPES)} 其中之一")
        texts, values = self.options(data.get("options"), place)
        if style in CHECK_TYPES and not texts:
            raise self.wrong(place, "a check slot without options", "請列出 options:")
        layout = str(data.get("layout", How.layout))
        slot = Slot(slot_id, self.word(data, "label", place), kind, str(data.get("field", "")), str(data.get("source", "man")),
                    data.get("required") == "Y", texts)
        how = How(style, str(data.get("blank", "")), layout.replace("~", ""), "~" in layout, str(data.get("prefix", "")),
                  str(data.get("text", "")), str(data.get("compute", "")), str(data.get("fallback", "")),
                  str(data.get("pick", "")), str(data.get("suffix", "")), str(data.get("how", "")), values,
                  self.parts(data.get("columns"), place), self.parts(data.get("parts"), place), int(data.get("least", 0)),
                  int(data.get("most", 0)), str(data.get("key", "")), str(data.get("separator", "、")), str(data.get("remark", "")),
                  str(data.get("rest", "")))
        for text in (how.compute, how.fallback, how.pick, *(c.of for c in (*how.columns, *how.parts))):
            self.expression(text, place)
        if style == "rows" and not how.columns:
            raise self.wrong(place, "a rows slot without columns", "請列出 columns:")
        return slot, how

    def expression(self, text: str, place: str) -> None:
        if text and (problem := expression.syntax_problem(text)):
            raise self.wrong(place, f"the expression {text!r} cannot be read: {problem}", "請檢查算式的括號與引號")

    def options(self, data: Any, place: str) -> tuple[tuple[str, ...], tuple[Value, ...]]:
        """Options are words, or ``{text, value}`` where the fact says it otherwise (true, energy …)."""
        texts, values = [], []
        for o in data or ():
            if isinstance(o, dict) and set(o) != {"text", "value"}:
                raise self.wrong(place, f"option {o!r}", "選項寫成文字，或 {text: 印出的字, value: 事實的值（可列數個）}")
            texts.append(str(o["text"]) if isinstance(o, dict) else str(o))
            values.append(o["value"] if isinstance(o, dict) else str(o))
        return tuple(texts), tuple(values)

    def parts(self, data: Any, place: str) -> tuple[Part, ...]:
        out = []
        for p in data or ():
            style = str(p.get("type", "text"))
            if "key" not in p or style not in TYPES:
                raise self.wrong(place, f"part {p!r}", "每一項要有 key，type 應為表單欄位的型別")
            texts, values = self.options(p.get("options"), place)
            out.append(Part(str(p["key"]), str(p.get("label", p["key"])), style, str(p.get("blank", "")), texts, values,
                            str(p.get("of", ""))))
        return tuple(out)

    def check(self, data: Any, number: int, ids: set[str]) -> Check:
        place = f"checks[{number}]"
        if not isinstance(data, dict):
            raise self.wrong(place, "not a mapping", "每項檢查要有 slot、holds、message")
        check = Check(self.word(data, "slot", place), self.word(data, "holds", place), self.word(data, "message", place))
        self.expression(check.holds, place)
        if check.slot not in ids:
            raise self.wrong(place, f"no slot {check.slot!r}", "slot 應為本表單的欄位 id")
        return check
