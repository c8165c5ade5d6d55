"""What ``decide`` does beside one decision: every programme at once, and a stream of cases."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from domain.errors import BadValue, ShouwenError, UsageError
from domain.vocabulary import check_facts
from eligibility.evidence import name
from eligibility.overview import STATES, Standing
from eligibility.programme import Programme
from eligibility.what_if import until, what_if
from intake.cli.app import print_json, table

STANDARD_INPUT = Path("-")


def overview_json(standings: Iterable[Standing]) -> dict[str, Any]:
    """One entry a programme, best first: its decision, its standing and its rank, which begins at 1."""
    return {s.programme.id: {"rank": rank, **s.as_json()} for rank, s in enumerate(standings, start=1)}


def ahead(programme: Programme, facts: Mapping[str, Any], as_of: date | None, today: date) -> dict[str, Any]:
    """The single changes that would turn a rule, and the days on which an answer ends."""
    return {
        "what_if": [c.as_json() for c in what_if(programme, facts, as_of, today)],
        "until": [u.as_json() for u in until(programme, facts, as_of, today)],
    }


def show_overview(standings: Iterable[Standing]) -> None:
    """The standings for people."""
    rows = [(STATES[s.state], s.programme.id, s.programme.name, f"{len(s.met)}/{s.asked}", _still(s)) for s in standings]
    table("全部計畫", ("結果", "代號", "計畫", "已符合", "不符合或還缺"), rows)


def _still(s: Standing) -> str:
    if s.failed:
        return "\n".join(f.explanation + f.forward for f in s.failed)
    return "、".join([*(p.name for p in s.papers), *(name(f) for f in s.fields)])


@contextmanager
def lines_of(path: Path) -> Iterator[IO[bytes]]:
    """The lines of a file as bytes, or of standard input for ``-``. Raises UsageError."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error})", f"讀不到案件檔 {path}，請確認路徑。") from error
    with stream:
        yield stream


Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def each_line(lines: Iterable[bytes], answer: Ask, write: Callable[[Mapping[str, Any]], None]) -> int:
    """Write one answer for each line, at once; for a line that has none an error with its number. The number of such lines."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        try:
            said = answer(_facts_of(line))
        except ShouwenError as error:
            bad += 1
            said = {"line": number, "error": {"code": _code(error), "message": error.zh, "detail": str(error)}}
        write(said)
    return bad


def write_line(data: Mapping[str, Any]) -> None:
    """One line of JSON at once, so that whoever reads the stream need not wait for its end."""
    print_json(data)
    sys.stdout.flush()


def _facts_of(line: bytes) -> dict[str, Any]:
    try:
        return check_facts(json.loads(line.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON object of facts ({error})", "這一行不是 JSON 物件，請給一行一個「欄位代號對值」的物件。") from error


def _code(error: ShouwenError) -> str:
    """The class of the error in the form of codes: bad_value, unknown_field; bad_json where the line is no JSON at all."""
    return "bad_json" if type(error) is UsageError else re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def check_one_of(option: str, *given: object) -> None:
    """Raises BadValue unless exactly one of two options was given."""
    if sum(bool(g) for g in given) != 1:
        raise BadValue(option, "都沒有" if not any(given) else "兩個都有", "兩個選項之中的一個")
