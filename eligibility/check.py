"""Every mistake in a programme folder, each with file, line and what to mend."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.decision import Clause
from domain.errors import DefinitionError
from domain.vocabulary import terms
from eligibility import plain_rules
from eligibility.located import Located
from eligibility.located import read as read_yaml
from eligibility.parameters import Parameter
from eligibility.parameters import build as build_parameters
from eligibility.rule import Answer, Mandatory, Rule, function_name, wants_of
from eligibility.steps import Workflow
from eligibility.steps import build as build_workflow

WANTED = ("id", "name", "summary", "sources", "rules")
RULE_KEYS = {"mandatory", "citation", "source", "text", "also", "ask", *plain_rules.KEYS}


@dataclass(frozen=True)
class Draft:
    """What a folder says, before it becomes a Programme."""

    data: Mapping[str, Any]
    rules: tuple[Rule, ...]
    parameters: Mapping[str, Parameter]
    workflow: Workflow = Workflow()


def mistakes(folder: Path) -> list[DefinitionError]:
    """Everything that is wrong with the folder; empty when it is well-formed."""
    return draft(folder)[1]


def draft(folder: Path) -> tuple[Draft | None, list[DefinitionError]]:
    """The folder's content with everything that is wrong in it."""
    found: list[DefinitionError] = []
    try:
        source = read_yaml(folder / "programme.yaml")
        figures = read_yaml(folder / "parameters.yaml")
    except DefinitionError as e:
        return None, [e]
    found += _outline(source, folder)
    parameters = build_parameters(figures, found)
    if found and not isinstance(source.data, dict):
        return None, found
    functions = _functions(folder, found)
    rules = tuple(
        r
        for short, body in (source.data.get("rules") or {}).items()
        if (r := _rule(source, short, body, functions, parameters, found)) is not None
    )
    stray = set(functions) - {function_name(s) for s in source.data.get("rules") or {}}
    for name in sorted(stray):
        mend = "在 programme.yaml 加上規則，或名稱以 _ 開頭 · add the rule"
        found.append(_at(functions[name], f"{name} 沒有對應的條文 · is the rule of no clause", mend))
    workflow = Workflow()
    if (folder / "workflow.yaml").exists():
        try:
            workflow = build_workflow(read_yaml(folder / "workflow.yaml"), rules, parameters, found)
        except DefinitionError as e:
            found.append(e)
    used = {w.key for r in rules for w in r.wants} | {n for c in workflow.clocks for n in (c.length, *c.until)}
    for name in () if found else parameters:  # a rule that is ill-formed itself asks for nothing yet
        if name not in used:
            found.append(figures.mistake((name,), f"沒有規則用到 {name} · no rule asks for it", "刪掉，或在規則裡用它 · remove or use it"))
    return Draft(source.data, rules, parameters, workflow), found


def _outline(source: Located, folder: Path) -> list[DefinitionError]:
    if not isinstance(source.data, dict):
        return [source.mistake((), "檔案不是「鍵: 值」 · the file is no mapping", "寫 id:、name:、summary:、sources:、rules:")]
    found = [source.mistake((), f"缺 {key}: · is missing", f"補上 {key}:") for key in WANTED if not source.data.get(key)]
    if source.data.get("id") and function_name(source.data["id"]) != folder.name:
        found.append(
            source.mistake(
                ("id",),
                f"id {source.data['id']} 與資料夾名稱 {folder.name} 不合 · does not fit the folder",
                f"資料夾改名為 {function_name(source.data['id'])} · name it so",
            )
        )
    for group in ("papers", "forms"):
        for i, entry in enumerate(source.data.get(group) or ()):
            found += _entry(source, group, i, entry)
    return found


def _entry(source: Located, group: str, i: int, entry: Any) -> list[DefinitionError]:
    needed = ("field", "name") if group == "papers" else ("id",)
    if not isinstance(entry, dict) or any(k not in entry for k in needed):
        return [source.mistake((group, i), f"{group} 有一列缺 {'、'.join(needed)} · an entry lacks it", "補上 · add it")]
    fields = [*([entry["field"]] if group == "papers" else []), *(entry.get("only_if") or {})]
    return [
        source.mistake((group, i), f"{f} 不是欄位代號 · is no field", "代號見 shouwen kinds --fields · use one of these")
        for f in fields
        if f not in terms()
    ]


def _rule(
    source: Located,
    short: str,
    body: Any,
    functions: Mapping[str, Callable[..., Answer]],
    parameters: Mapping[str, Parameter],
    found: list[DefinitionError],
) -> Rule | None:
    path = ("rules", short)
    function = functions.get(function_name(short))
    if not isinstance(body, dict) or any(not body.get(k) for k in ("citation", "source", "text")) or set(body) - RULE_KEYS:
        stray = "、".join(sorted(set(body) - RULE_KEYS)) if isinstance(body, dict) else ""
        problem = f"{short} 要有 mandatory、citation、source、text" + (f"，不認得 {stray}" if stray else "") + " · missing or unknown keys"
        found.append(source.mistake(path, problem, "補齊或改正 · mend the keys"))
        return None
    plain = plain_rules.keys_of(body)
    if function is None and not plain:
        mend = f"寫條件（{'、'.join(plain_rules.KEYS)}），或在 rules.py 寫函式 · say what must hold"
        problem = f"{short} 沒有寫條件，rules.py 也沒有 {function_name(short)} · says nothing that must hold"
        found.append(source.mistake(path, problem, mend))
        return None
    if function is not None and plain:
        found.append(source.mistake((*path, plain[0]), f"{short} 有 {plain[0]}:，又有 rules.py 的函式 · has both", "留一個 · keep one"))
        return None
    try:
        wants, answer = plain_rules.build(body, parameters) if function is None else (wants_of(function, parameters), function)
        mandatory = _mandatory(body.get("mandatory"))
        clause = _clause(body, body["citation"], source.data.get("sources") or {})
    except ValueError as e:
        if function is not None and "parameter" in str(e):
            mend = "用欄位代號（fin__paid_in_capital）、parameters.yaml 的數額、day 或 office_calendar · use one of these"
            found.append(_at(function, str(e), mend))
        else:
            key = next((k for k in plain if str(e).startswith(f"{k}:")), "")
            found.append(source.mistake((*path, key) if key else path, str(e), "改正 · mend it"))
        return None
    return Rule(f"{source.data.get('id')}.{short}", clause, mandatory, body.get("ask", ""), wants, answer)


def _mandatory(value: Any) -> Mandatory:
    if isinstance(value, bool):
        return Mandatory(value)
    if isinstance(value, dict) and set(value) <= {"from", "until"}:
        since, until = (date.fromisoformat(value[k]) if k in value else None for k in ("from", "until"))
        return Mandatory(True, since, until)
    raise ValueError("mandatory: 只能是 true、false，或 {from: 日期, until: 日期} · is none of these")


def _clause(body: Mapping[str, Any], citation: str, sources: Mapping[str, str]) -> Clause:
    if body["source"] not in sources:
        raise ValueError(f"source {body['source']} 不在 sources: 裡 · is not among sources:")
    also = tuple(_clause(a, a.get("citation", citation), sources) for a in body.get("also") or ())
    return Clause(citation, body["text"].strip(), sources[body["source"]], also)


def _functions(folder: Path, found: list[DefinitionError]) -> dict[str, Callable[..., Answer]]:
    out: dict[str, Callable[..., Answer]] = {}
    for file in sorted(folder.glob("rules*.py")):
        name = f"eligibility.programmes.{folder.name}.{file.stem}"
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            found.append(DefinitionError(f"{folder.name}/{file.name}", "檔案讀不進來 · cannot be loaded", "檢查檔名 · check its name"))
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except (SyntaxError, ImportError, NameError, AttributeError, TypeError) as e:
            line = getattr(e, "lineno", None) or 1
            where = f"{folder.name}/{file.name}:{line}"
            found.append(DefinitionError(where, f"檔案讀不進來 · the file cannot be loaded: {e}", "改正 Python · mend the Python"))
            continue
        out |= {n: f for n, f in vars(module).items() if inspect.isfunction(f) and not n.startswith("_") and f.__module__ == name}
    return out


def _at(function: Callable[..., Answer], problem: str, mend: str) -> DefinitionError:
    file = Path(function.__code__.co_filename)
    return DefinitionError(f"{file.parent.name}/{file.name}:{function.__code__.co_firstlineno}", problem, mend)
