"""YAML with the line of every value, so that a mistake can be shown where it stands.

Dates stay text (they are written as in VALUES.md); a number with a fraction is a Decimal; a key given twice is a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from domain.errors import DefinitionError

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Located:
    """The data of one file. ``lines`` maps the path to a value to its line, counted from 1."""

    file: Path
    data: Any
    lines: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def mistake(self, path: tuple[Any, ...], problem: str, mend: str) -> DefinitionError:
        """The error that shows ``problem`` at the line of ``path`` (or of the nearest thing above it)."""
        while path and path not in self.lines:
            path = path[:-1]
        where = f"{self.file.parent.name}/{self.file.name}:{self.lines.get(path, 1)}"
        return DefinitionError(where, problem, mend)


def read(file: Path) -> Located:
    """Raises DefinitionError where the file is missing or no YAML."""
    shown = f"{file.parent.name}/{file.name}"
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=Loader)
    except FileNotFoundError:
        raise DefinitionError(shown, "沒有這個檔案 · the file is missing", "補上 · write it") from None
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise DefinitionError(f"{shown}:{line}", f"YAML 格式不對 · no valid YAML: {e.problem}", "檢查縮排、冒號與括號 · mend it") from None
    found = Located(file, None)
    data = None if node is None else _build(node, (), found)
    return Located(file, data, found.lines)


def _build(node: Any, path: tuple[Any, ...], found: Located) -> Any:
    found.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        out: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            found.lines[(*path, key)] = key_node.start_mark.line + 1
            if key in out:
                raise found.mistake((*path, key), f"{key} 寫了兩次 · stands here twice", "留一個 · keep one")
            out[key] = _build(value_node, (*path, key), found)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_build(n, (*path, i), found) for i, n in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind == "int":
        return int(node.value.replace("_", ""))
    return Decimal(node.value.replace("_", "")) if kind == "float" else node.value
