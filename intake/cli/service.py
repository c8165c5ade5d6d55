"""``serve``, ``worker``, ``start``, ``audit verify``: the service and what looks after it."""

from __future__ import annotations

import shutil
import socket
from typing import Annotated

import typer
import uvicorn

from domain.errors import LogBroken, UsageError
from intake.cli import demo
from intake.cli.app import Json, app, err, out, print_json
from intake.cli.keeper import Keeper, end_with
from intake.people import audit
from intake.settings import Settings
from intake.store import migrate
from intake.web.main import create_app
from intake.work import worker as work

audit_app = typer.Typer(help="稽核紀錄。The audit log.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")
MISSING_OFF = {"soffice": "PDF 與 ODT 表單（forms as PDF and ODT）", "tesseract": "第二引擎複核（the second reading of a crop）"}


@app.command()
def serve() -> None:
    """開網頁服務。Serve the pages and the API (a worker must run beside it)."""
    settings = Settings()
    migrate.upgrade(settings).close()
    _serve(settings)


@app.command()
def worker(parent: Annotated[int, typer.Option(help="這個程序結束時跟著結束（End with this process）。")] = 0) -> None:
    """開工作程序：讀文件、判斷、填表。Work off what waits: reading, deciding, filling."""
    settings = Settings()
    if parent:
        end_with(parent)
    migrate.upgrade(settings).close()
    work.run(settings)


@app.command()
def start(with_demo: Annotated[bool, typer.Option("--demo", help="示範帳號與範例案件（Demo log-ins, a sample case）。")] = False) -> None:
    """網頁服務與工作程序一起開。The service with one worker; ends both together."""
    settings = Settings()
    _free(settings)
    database = migrate.upgrade(settings)
    for program, off in MISSING_OFF.items():
        if shutil.which(program) is None:
            err.print(f"[yellow]找不到 {program}：{off} 無法使用。[/]")
    if with_demo:
        demo.prepare(database, settings)
    database.close()
    with Keeper():
        out.print(f"\n收文 Shouwen　[bold]http://{settings.host}:{settings.port}[/]")
        if with_demo:
            demo.tell(out)
        _serve(settings)


def _free(settings: Settings) -> None:
    """Refuse to start where somebody else listens already, before anything is begun. Raises UsageError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise UsageError(f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}",
                             f"{settings.host}:{settings.port} 已有程式在用，請先結束它，或以 SHOUWEN_PORT 換一個連接埠。") from error


def _serve(settings: Settings) -> None:
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="warning", access_log=False,
                server_header=False, timeout_graceful_shutdown=3)  # an open event stream must not hold up a stop


@audit_app.command("verify")
def verify(as_json: Json = False) -> None:
    """重算稽核紀錄的雜湊鏈，說明自何時起完整。Recompute the chain and say since when it is whole.

    結束狀態：0 完整，3 不連續。Exit 0 whole, 3 broken."""
    database = migrate.upgrade(Settings())
    try:
        with database.reading() as session:
            whole = audit.verify(session)
    except LogBroken as broken:
        if as_json:
            print_json({"whole": False, "line": broken.line, "problem": broken.problem})
            raise typer.Exit(3) from broken
        raise
    finally:
        database.close()
    if as_json:
        print_json({"whole": True, "lines": whole.lines, "head": whole.head, "since": whole.since and whole.since.isoformat(),
                    "until": whole.until and whole.until.isoformat()})
    else:
        out.print(f"稽核紀錄完整：{whole.lines} 筆，自 {whole.since} 至 {whole.until}。最後雜湊 {whole.head}")

