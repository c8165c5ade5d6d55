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
from eligibility.located import Located
from eligibility.located import read as read_yaml
from eligibility.parameters import Parameter
from eligibility.parameters import build as build_parameters
from eligibility.rule import Answer, Mandatory, Rule, function_name, wants_of
from eligibility.steps import Workflow
from eligibility.steps import build as build_workflow

WANTED = ("id", "name", "summary", "sources", "rules")
RULE_KEYS = {"mandatory", "citation", "source", "text", "also", "ask"}


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
        found.append(_at(functions[name], f"{name} is the rule of no clause", "add the rule to programme.yaml, or begin the name with _"))
    workflow = Workflow()
    if (folder / "workflow.yaml").exists():
        try:
            workflow = build_workflow(read_yaml(folder / "workflow.yaml"), rules, parameters, found)
        except DefinitionError as e:
            found.append(e)
    used = {w.key for r in rules for w in r.wants} | {n for c in workflow.clocks for n in (c.length, *c.until)}
    for name in parameters:
        if name not in used:
            found.append(figures.mistake((name,), f"no rule asks for {name}", "remove it, or name it as a parameter of a rule"))
    return Draft(source.data, rules, parameters, workflow), found


def _outline(source: Located, folder: Path) -> list[DefinitionError]:
    if not isinstance(source.data, dict):
        return [source.mistake((), "the file is no mapping", "begin with id:, name:, summary:, sources:, rules:")]
    found = [source.mistake((), f"{key}: is missing", f"add {key}:") for key in WANTED if not source.data.get(key)]
    if source.data.get("id") and function_name(source.data["id"]) != folder.name:
        found.append(
            source.mistake(
                ("id",),
                f"the id {source.data['id']} does not fit the folder {folder.name}",
                f"name the folder {function_name(source.data['id'])}",
            )
        )
    for group in ("papers", "forms"):
        for i, entry in enumerate(source.data.get(group) or ()):
            found += _entry(source, group, i, entry)
    return found


def _entry(source: Located, group: str, i: int, entry: Any) -> list[DefinitionError]:
    needed = ("field", "name") if group == "papers" else ("id",)
    if not isinstance(entry, dict) or any(k not in entry for k in needed):
        return [source.mistake((group, i), f"an entry of {group} lacks {' or '.join(needed)}", "add it")]
    fields = [*([entry["field"]] if group == "papers" else []), *(entry.get("only_if") or {})]
    return [
        source.mistake((group, i), f"{f} is no field of the vocabulary", "use an id of domain/vocabulary.csv")
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
    if function is None:
        found.append(source.mistake(path, f"no function {function_name(short)} in rules.py", "write it, or remove the rule"))
        return None
    if not isinstance(body, dict) or any(not body.get(k) for k in ("citation", "source", "text")) or set(body) - RULE_KEYS:
        found.append(
            source.mistake(path, f"{short} does not have exactly mandatory, citation, source, text (and also, ask)", "mend the keys")
        )
        return None
    try:
        wants = wants_of(function, parameters)
        mandatory = _mandatory(body.get("mandatory"))
        clause = _clause(body, body["citation"], source.data.get("sources") or {})
    except ValueError as e:
        found.append(
            _at(function, str(e), "use a field id (fin__paid_in_capital), a figure of parameters.yaml, day or office_calendar")
            if "parameter" in str(e)
            else source.mistake(path, str(e), "mend it")
        )
        return None
    return Rule(f"{source.data.get('id')}.{short}", clause, mandatory, body.get("ask", ""), wants, function)


def _mandatory(value: Any) -> Mandatory:
    if isinstance(value, bool):
        return Mandatory(value)
    if isinstance(value, dict) and set(value) <= {"from", "until"}:
        since, until = (date.fromisoformat(value[k]) if k in value else None for k in ("from", "until"))
        return Mandatory(True, since, until)
    raise ValueError("mandatory: must be true, false, or the days from: and until: between which it is")


def _clause(body: Mapping[str, Any], citation: str, sources: Mapping[str, str]) -> Clause:
    if body["source"] not in sources:
        raise ValueError(f"the source {body['source']} is not among sources:")
    also = tuple(_clause(a, a.get("citation", citation), sources) for a in body.get("also") or ())
    return Clause(citation, body["text"].strip(), sources[body["source"]], also)


def _functions(folder: Path, found: list[DefinitionError]) -> dict[str, Callable[..., Answer]]:
    out: dict[str, Callable[..., Answer]] = {}
    for file in sorted(folder.glob("rules*.py")):
        name = f"eligibility.programmes.{folder.name}.{file.stem}"
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            found.append(DefinitionError(f"{folder.name}/{file.name}", "the file cannot be loaded", "check its name"))
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except (SyntaxError, ImportError, NameError, AttributeError, TypeError) as e:
            line = getattr(e, "lineno", None) or 1
            found.append(DefinitionError(f"{folder.name}/{file.name}:{line}", f"the file cannot be loaded: {e}", "mend the Python"))
            continue
        out |= {n: f for n, f in vars(module).items() if inspect.isfunction(f) and not n.startswith("_") and f.__module__ == name}
    return out


def _at(function: Callable[..., Answer], problem: str, mend: str) -> DefinitionError:
    file = Path(function.__code__.co_filename)
    return DefinitionError(f"{file.parent.name}/{file.name}:{function.__code__.co_firstlineno}", problem, mend)
