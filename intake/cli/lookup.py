"""``lookup``: what a public register says about a 統一編號."""

from __future__ import annotations

from typing import Annotated

import typer

from eligibility.evidence import name
from intake import clock, registers
from intake.cli.app import Json, app, out, print_json, table
from intake.registers import Subject
from intake.registers.register import BUSY, UNREADABLE
from intake.settings import Settings


@app.command()
def lookup(register: Annotated[str | None, typer.Argument(metavar="REGISTER", help="登記代號；不給就列出全部（Register id）。")] = None,
           number: Annotated[str, typer.Argument(metavar="統編", help="統一編號（8 digits）。")] = "",
           agency: Annotated[str, typer.Option("--agency", help="登記機關代碼（Code of the registering office）。")] = "",
           as_json: Json = False) -> None:
    """查公開登記；沒有設定網址的，說明到哪裡查什麼。Ask a public register; without an address set, say where to look.

    對方忙線或回覆看不懂時以 3 結束。Exit status 3 where the register is busy or its reply cannot be read."""
    settings = Settings()
    if register is None:
        rows = [{"id": r.id, "name": r.name, "answers": list(r.answers), "page": r.page, "on": bool(settings.registers.get(r.id))}
                for r in registers.load().values()]
        if as_json:
            print_json(rows)
        else:
            cells = [(r["id"], r["name"], "是" if r["on"] else "否", r["page"]) for r in rows]
            table("公開登記", ("代號", "名稱", "自動查", "網頁"), cells)
        return
    answer = registers.ask(register, Subject(number, agency=agency), settings, clock.now())
    if as_json:
        print_json(answer.as_json())
    else:
        out.print(answer.message, soft_wrap=True)
        out.print(answer.url, soft_wrap=True)
        if answer.facts:
            table(str(answer.looked_up_at), ("欄位", "值"), [(name(f), v) for f, v in answer.facts.items()])
    raise typer.Exit(3 if answer.status in (BUSY, UNREADABLE) else 0)
