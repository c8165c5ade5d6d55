"""The commands' common ground: the app, the exit statuses, how results are shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from domain.case import CaseFacts, from_facts
from domain.errors import BadValue, ShouwenError, UsageError
from domain.field import Entry
from domain.vocabulary import check_facts

EXIT: Mapping[type[ShouwenError], int] = {UsageError: 2, ShouwenError: 3}
"""Exit status of each error class; the first that fits. 0 is success."""

CONTEXT = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="shouwen", no_args_is_help=True, add_completion=False, context_settings=CONTEXT, pretty_exceptions_enable=False,
    help="收文：掃描進來，事實與出處出來；逐條問法規；填好官方表單。\n\nPapers in; facts with their place on the page, "
         "the law clause by clause, and the official forms filled in, out.")


@app.callback()
def _group() -> None:
    # without a callback a module with a single command would take the command's name for an argument
    pass


Json = Annotated[bool, typer.Option("--json", help="輸出 JSON（Print JSON）。")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD",
                                               help="以哪一天為準（The day on which the question is asked）。")]

out = Console(soft_wrap=False, highlight=False)
err = Console(stderr=True, highlight=False)


def day(value: datetime | None) -> date | None:
    return None if value is None else value.date()


def print_json(data: Any) -> None:
    """One JSON text on standard output, never wrapped or coloured."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    t = Table(title=title, title_justify="left", header_style="bold")
    for c in columns:
        t.add_column(c, overflow="fold")
    for r in rows:
        t.add_row(*("" if v is None else str(v) for v in r))
    out.print(t)


def load_facts(path: Path) -> dict[str, Any]:
    """The facts of a facts file, checked. Raises UsageError."""
    return check_facts(_json_of(path))


def load_case_facts(path: Path | None, at: datetime) -> CaseFacts:
    """The facts of a facts file with the origins that it names; a fact without one is an entry by the file. Raises UsageError."""
    if path is None:
        return CaseFacts()
    data = _json_of(path)
    known = check_facts(data)
    try:
        return from_facts(data, known, path.name, at)
    except (KeyError, TypeError, ValueError) as error:
        raise BadValue("origins", str(error), "由 shouwen case 產生的 facts.json 內容") from error


def entries(path: Path | None, at: datetime) -> list[Entry]:
    """What a facts file says, as a person's entries: its name is the witness. Raises UsageError."""
    return [] if path is None else [Entry(k, v, path.name, at, "由事實檔提供") for k, v in load_facts(path).items()]


def _json_of(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not a JSON file of facts ({error})", f"讀不到事實檔 {path}，請確認路徑與 JSON 格式。") from error


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A callback (name, done, total) that draws a bar on a terminal and nothing in a pipe."""
    if not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total} 頁"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield show
