"""``trace verify``, ``trace key``: prove a bundle offline, and name the key that signs here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generators import proof
from generators.verify import Verdict
from generators.verify import verify as verdict_of
from intake.cli.app import Json, app, err, out, print_json
from intake.people import audit
from intake.settings import Settings
from intake.store import migrate

trace_app = typer.Typer(help="出處與證明。Where values come from, and its proof.", no_args_is_help=True)
app.add_typer(trace_app, name="trace")


@trace_app.callback()
def _group() -> None:
    # keeps the commands a group
    pass


@trace_app.command("verify")
def verify(bundle: Annotated[Path, typer.Argument(metavar="BUNDLE.zip", exists=True, dir_okay=False, help="整卷（A bundle）。")],
           key: Annotated[str, typer.Option("--key", metavar="FINGERPRINT", help="簽章金鑰的指紋（Fingerprint of the signer）。")] = "",
           with_log: Annotated[bool, typer.Option("--log", help="並與本機的稽核紀錄核對（Also against this service's log）。")] = False,
           as_json: Json = False) -> None:
    """離線證明整卷的表單、文件與出處相符。Prove offline that forms, papers and traces of a bundle belong together.

    結束狀態：0 全部相符，3 有不符之處。Exit 0 everything holds, 3 something does not."""
    found = verdict_of(bundle, key)
    faults = [*found.faults, *(_against_log(found) if with_log else [])]
    if as_json:
        print_json(found.as_json() | {"whole": not faults, "faults": faults})
    else:
        for fault in faults:
            err.print(f"[bold red]✗[/] {fault}", soft_wrap=True)
        _show(found, not faults, with_log)
    raise typer.Exit(3 if faults else 0)


@trace_app.command("key")
def key(as_json: Json = False) -> None:
    """印出本機簽章金鑰的公開部分與指紋。The public key that signs bundles here, and its fingerprint."""
    public = proof.public_key(Settings().signing_key())
    if as_json:
        print_json({"algorithm": proof.ALGORITHM, "public_key": public.hex(), "fingerprint": proof.fingerprint(public)})
    else:
        out.print(f"公開金鑰（{proof.ALGORITHM}）　{public.hex()}\n指紋　{proof.fingerprint(public)}", soft_wrap=True)


def _against_log(found: Verdict) -> list[str]:
    """Whether the log's line that the bundle names stands in this service's log. Raises LogBroken where the log itself does not hold."""
    if found.log is None:
        return ["這一卷不是由案件產生的，沒有記下稽核紀錄的位置，無從核對。"]
    number, expected = found.log
    database = migrate.upgrade(Settings())
    try:
        with database.reading() as session:
            audit.verify(session)
            there = audit.hash_of(session, number)
    finally:
        database.close()
    return [] if there == expected else [f"本機稽核紀錄的第 {number} 筆與這一卷所記的不同：紀錄被換過，或這一卷不是本機產生的。"]


def _show(found: Verdict, whole: bool, with_log: bool) -> None:
    if whole:
        out.print(f"全部相符：{found.files} 個檔案、{found.forms} 份表單的 {found.values} 個印出值、{found.papers} 份文件。",
                  soft_wrap=True)
    checked = "　和本機的紀錄核對相符，整條紀錄完整" if with_log and whole else ""
    for name, value in (("案號", found.case), ("製作時間", found.made_at), ("識別碼", found.mark), ("簽章金鑰指紋", found.signer),
                        ("稽核紀錄", f"第 {found.log[0]} 筆 {found.log[1]}{checked}" if found.log else "")):
        if value:
            out.print(f"{name}　{value}", soft_wrap=True)
    if found.signer:
        out.print("[dim]請向產生的機關以 shouwen trace key 印出的指紋核對。[/]", soft_wrap=True)
