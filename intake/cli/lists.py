"""``kinds``, ``programmes``, ``forms``: what Shouwen knows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import UsageError
from domain.vocabulary import terms
from eligibility import cases, workflow
from eligibility import check as programme_check
from eligibility import programme as programmes
from eligibility.steps import WHO
from extractors import kinds as paper_kinds
from generators import acroform, convert, template
from generators import check as form_check
from intake import clock
from intake.cli.app import AsOf, Json, app, day, err, load_facts, out, print_json, table

programmes_app = typer.Typer(help="計畫。Programmes.", invoke_without_command=True)
forms_app = typer.Typer(help="表單。Forms.", invoke_without_command=True)
app.add_typer(programmes_app, name="programmes")
app.add_typer(forms_app, name="forms")


@app.command()
def kinds(fields: Annotated[bool, typer.Option("--fields", help="列出全部欄位代號（List every field id）。")] = False,
          as_json: Json = False) -> None:
    """讀得懂的文件種類與欄位。The papers that can be read, and their fields."""
    if fields:
        rows = [{"id": t.id, "label": t.label, "type": t.type, "unit": t.unit, "choices": list(t.choices)} for t in terms().values()]
        if as_json:
            print_json(rows)
        else:
            table("欄位", ("代號", "名稱", "型態", "單位"), [tuple(r[k] for k in ("id", "label", "type", "unit")) for r in rows])
        return
    known = paper_kinds.load()
    if as_json:
        print_json([{"kind": k.id, "name": k.name, "fields": list(k.fields)} for k in known.values()])
    else:
        table("文件種類", ("代號", "名稱", "欄位"), [(k.id, k.name, " ".join(k.fields)) for k in known.values()])


@programmes_app.callback()
def list_programmes(context: typer.Context, as_json: Json = False) -> None:
    """現有的計畫與規則數。The programmes and their counts."""
    if context.invoked_subcommand:
        return
    today = clock.today()
    rows = [{"id": p.id, "name": p.name, "summary": p.summary, "rules": len(p.rules),
             "mandatory": sum(r.mandatory.on(today) for r in p.rules),
             "papers": [w.field for w in p.papers], "edition": p.edition} for p in programmes.load().values()]
    if as_json:
        print_json(rows)
    else:
        cells = [tuple(r[k] for k in ("id", "name", "rules", "mandatory", "summary")) for r in rows]
        table("計畫", ("代號", "名稱", "規則", "必要", "說明"), cells)


@programmes_app.command("steps")
def programme_steps(programme: Annotated[str, typer.Argument(metavar="ID", help="計畫代號（Programme id）。")],
                    facts: Annotated[Path | None, typer.Option("--facts", metavar="FILE", help="事實檔（Facts file）。")] = None,
                    as_of: AsOf = None, as_json: Json = False) -> None:
    """計畫的流程與期限。The way through a programme, and the deadlines that run."""
    found = programmes.find(programme)
    known = load_facts(facts) if facts else {}
    today = day(as_of) or clock.today()
    dues = workflow.clock(found, known, {}, today)
    if as_json:
        print_json({"programme": found.id, "today": today.isoformat(),
                    "steps": [{"id": s.id, "who": s.who, "does": s.does, "after": list(s.after), "papers": list(s.papers),
                               "clause": s.clause.as_json() if s.clause else None} for s in found.workflow.steps],
                    "clocks": [d.as_json() for d in dues]})
        return
    table(f"{found.name}：流程", ("步驟", "誰", "做什麼", "依據"),
          [(s.id, WHO[s.who], s.does, s.clause.citation if s.clause else "") for s in found.workflow.steps])
    table(f"{today}的期限", ("期限", "依據", "說明"), [(d.clock, d.clause.citation, d.sentence) for d in dues])


@programmes_app.command("check")
def check_programmes(folder: Annotated[Path | None, typer.Argument(help="只檢查這個資料夾（Only this folder）。")] = None,
                     as_json: Json = False) -> None:
    """檢查計畫資料夾並試算例子，逐項說明要改什麼。Check the programme folders and try their examples; each mistake with file and line."""
    folders = [folder] if folder else [p for p in sorted(programmes.HOME.iterdir()) if (p / "programme.yaml").is_file()]
    _report([m.zh for p in folders for m in programme_check.mistakes(p) or cases.failures(programmes.read(p))], as_json)


@forms_app.callback()
def list_forms(context: typer.Context, as_json: Json = False) -> None:
    """現有的表單與版次。The forms and their editions."""
    if context.invoked_subcommand:
        return
    rows = [{"id": f.id, "title": f.title, "edition": f.edition, "slots": len(f.slots), "sources": dict(Counter(s.source for s in f.slots)),
             "template_sha256": f.sha256} for f in template.load().values()]
    if as_json:
        print_json(rows)
    else:
        table("表單", ("代號", "名稱", "版次", "欄位數", "範本雜湊"),
              [(r["id"], r["title"], r["edition"], r["slots"], str(r["template_sha256"])[:12]) for r in rows])


@forms_app.command("check")
def check_forms(record: Annotated[bool, typer.Option("--record", help="登記沒有錯的範本的雜湊（Record the hashes）。")] = False,
                as_json: Json = False) -> None:
    """檢查表單範本：標籤、欄位、固定文字、登記的雜湊。Check the templates: tags, fields, fixed words, recorded hashes."""
    if record:
        form_check.record()
    _report([str(m) for m in form_check.check()], as_json)


def _report(mistakes: list[str], as_json: bool) -> None:
    if as_json:
        print_json(mistakes)
    else:
        for m in mistakes:
            err.print(m, soft_wrap=True)
        out.print("沒有問題。" if not mistakes else f"{len(mistakes)} 處要修改。")
    raise typer.Exit(3 if mistakes else 0)


@forms_app.command("take")
def take_form(source: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="官方原檔：docx、odt、doc、pdf。")],
              folder: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False, help="form_templates/表單/版次")]) -> None:
    """接收其他機關的表單。Take over another agency's form: its template.docx, to be given its tags (docs/forms.md)."""
    folder.mkdir(parents=True, exist_ok=True)
    template_docx = folder / "template.docx"
    if template_docx.exists():
        raise UsageError(f"{template_docx} is there already", f"{template_docx} 已經有了，不會蓋掉；請換一個版次，或先把它移開。")
    if source.suffix.lower() == ".pdf":
        fields = acroform.take_over(source, template_docx)
        table("填寫頁", ("標記", "PDF 欄位", "頁", "種類"), [(f.tag, f.name, f.page, "方框" if f.box else "文字") for f in fields])
    else:
        convert.take_over(source, template_docx)
    out.print(f"已存成 {template_docx}。接著寫標記與 form.yaml，步驟見 docs/forms.md。", soft_wrap=True)
