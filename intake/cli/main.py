"""The console script. A command's module is loaded when it is asked for: deciding need not wait for a web server to be imported."""

from __future__ import annotations

import sys
from importlib import import_module

from domain.errors import ShouwenError
from intake.cli.app import EXIT, app, err

HOMES = {
    "read": "work", "decide": "work", "fill": "work", "case": "work", "sample": "work",
    "kinds": "lists", "programmes": "lists", "forms": "lists",
    "lookup": "lookup", "serve": "service", "worker": "service", "start": "service", "audit": "service",
    "trace": "proof", "account": "accounts",
}
"""In which module of this folder each command is."""


def load(command: str | None = None) -> None:
    """Load the module of one command, or of all of them."""
    for module in {HOMES[command]} if command in HOMES else sorted(set(HOMES.values())):
        import_module(f"intake.cli.{module}")


def main() -> None:
    """Errors of ours print one sentence and give their exit status; others are bugs and show as such."""
    load(sys.argv[1] if len(sys.argv) > 1 else None)
    try:
        app()
    except ShouwenError as error:
        err.print(f"[bold red]✗[/] {error.zh}", soft_wrap=True)
        err.print(f"  [dim]{error}[/]", soft_wrap=True)
        sys.exit(next(code for kind, code in EXIT.items() if isinstance(error, kind)))
    except BrokenPipeError:
        sys.exit(141)


if __name__ == "__main__":
    main()
