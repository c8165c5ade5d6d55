"""``read``, ``decide``, ``fill``, ``case``, ``sample``: the work itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from domain.decision import Decision
from domain.errors import BadValue, ShouwenError
from domain.field import ACCEPTED, FileReading
from domain.vocabulary import term
from eligibility import programme as programmes
from eligibility.decide import decide as decision_of
from eligibility.overview import overview
from extractors import kinds
from generators import convert
from intake import pipeline
from intake.cli import deciding
from intake.cli.app import AsOf, Json, app, day, entries, err, load_case_facts, load_facts, out, print_json, progress_bar, table
from intake.clock import now
from intake.settings import Settings
from intake.work.cages import cage_of

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="文件檔案（Papers to read）。")]
Facts = Annotated[Path | None, typer.Option("--facts", metavar="FACTS.json", help="已知的事實（Known facts, a JSON object）。")]
Cases = Annotated[Path | None, typer.Option("--file", metavar="CASES.jsonl",
                                            help="一行一件的事實，- 為標準輸入（One case a line; - is standard input）。")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", file_okay=False, help="輸出資料夾（Output folder）。")]
Programme = Annotated[str, typer.Option("--programme", metavar="ID", help="計畫代號（Programme id）。")]

SAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "green-giant-company"
MARKS = {"pass": "✓ 符合", "fail": "✗ 不符合", "needs_evidence": "? 待補證明", "undetermined": "? 待認定", "value": "＝ 計算值",
         "not_applicable": "－ 不適用"}


@app.command()
def read(files: Files, as_json: Json = False,
         out_file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="寫到檔案（Write to a file）。")] = None) -> None:
    """讀文件，每個欄位附出處。Read papers: every field with its place on the page.

    結束狀態：0 全部讀完，3 有檔案讀不了，2 用法不對。Exit 0 all read, 3 a file could not be read, 2 bad usage."""
    failed = False
    stream = out_file.open("w", encoding="utf-8") if out_file else sys.stdout
    with cage_of(Settings()) as cage, progress_bar() as progress:
        for path in files:
            reading = pipeline.read_files([path], cage, progress)[0]
            failed |= reading.error is not None
            if as_json or out_file:
                stream.write(pipeline.line(reading.as_json()))
                stream.flush()
            else:
                show_reading(reading)
    if out_file:
        stream.close()
    raise typer.Exit(3 if failed else 0)


@app.command()
def decide(programme: Annotated[str | None, typer.Option("--programme", metavar="ID", help="計畫代號（Programme id）。")] = None,
           every: Annotated[bool, typer.Option("--all", help="全部計畫（Every programme）。")] = False,
           facts: Facts = None,
           cases: Cases = None,
           as_of: AsOf = None, as_json: Json = False) -> None:
    """依計畫逐條判斷。Decide a programme, or all of them, clause by clause.

    --file 一律輸出 JSON，一行一件；有錯的行寫出錯誤，其餘照做，最後以 3 結束。With --file always JSON, one line a case; a bad line gets an
    error, the others go on, and the exit status is 3."""
    deciding.check_one_of("--programme / --all", programme, every)
    deciding.check_one_of("--facts / --file", facts, cases)
    wanted = list(programmes.load().values()) if every else [pipeline.programme(str(programme))]
    today = now().date()

    def answer(known: Mapping[str, Any]) -> dict[str, Any]:
        if every:
            return deciding.overview_json(overview(wanted, known, day(as_of), today))
        return decision_of(wanted[0], known, day(as_of), today).as_json()

    if cases:
        with deciding.lines_of(cases) as lines:
            bad = deciding.each_line(lines, answer, deciding.write_line)
        raise typer.Exit(3 if bad else 0)
    known = load_facts(facts) if facts else {}
    if as_json:
        said = answer(known)
        for p in wanted:
            (said[p.id] if every else said).update(deciding.ahead(p, known, day(as_of), today))
        print_json(said)
    elif every:
        deciding.show_overview(overview(wanted, known, day(as_of), today))
    else:
        show_decision(decision_of(wanted[0], known, day(as_of), today), wanted[0].name)


@app.command()
def fill(forms: Annotated[list[str], typer.Argument(metavar="FORM...", help="表單代號，例如 F12（Form ids）。")],
         folder: Out, facts: Facts = None, formats: Annotated[str, typer.Option("--format", help="docx,odt,pdf")] = "docx",
         as_json: Json = False) -> None:
    """填官方表單，附每個印出值的出處。Fill official forms, each printed value traced."""
    wanted = _formats(formats)
    when = now()
    filled = pipeline.fill_forms([f.upper() for f in forms], load_case_facts(facts, when), when)
    failures = pipeline.write_forms(filled, folder, wanted)
    made: list[dict[str, Any]] = [{"form": f.form, "edition": f.edition, "trace": str(folder / f"{f.form}.trace.json"),
             "files": [str(p) for x in wanted if (p := folder / f"{f.form}.{x}").exists()],
             "problems": [p.as_json() for p in f.problems]} for f in filled]
    if as_json:
        print_json({"forms": made, "failures": [e.zh for e in failures]})
    else:
        rows = [(m["form"], m["edition"], "\n".join(m["files"]), len(m["problems"])) for m in made]
        table("表單", ("表單", "版次", "檔案", "待處理"), rows)
    _end(failures)


@app.command()
def case(files: Files, programme: Programme, folder: Out, as_of: AsOf = None, facts: Facts = None, as_json: Json = False,
         formats: Annotated[str, typer.Option("--format", help="docx,odt,pdf")] = "docx,odt,pdf") -> None:
    """整件辦完：讀、合併、判斷、填表、裝訂。A whole case: read, merge, decide, fill, bundle."""
    _case(files, programme, folder, day(as_of), facts, as_json, _formats(formats))


@app.command()
def sample(folder: Out = Path("out/sample"), as_json: Json = False) -> None:
    """辦一件範例案件。Work the sample case that comes with Shouwen."""
    about = yaml.safe_load((SAMPLE / "case.yaml").read_text(encoding="utf-8"))
    _case([SAMPLE / f for f in about["files"]], about["programme"], folder, about["as_of"], SAMPLE / "facts.json", as_json)


def _case(files: list[Path], programme: str, folder: Path, as_of: Any, facts: Path | None, as_json: bool,
          formats: tuple[str, ...] = ("docx", "odt", "pdf")) -> None:
    when = now()
    given = entries(facts, when)
    with cage_of(Settings()) as cage, progress_bar() as progress:
        result = pipeline.work_case(programme, files, given, as_of, when, folder, cage, progress, formats, _key())
    refused = [r for r in result.readings if r.error]
    if as_json:
        print_json({"out": str(folder), "outcome": result.decision.outcome, "conflicts": [c.as_json() for c in result.facts.conflicts],
                    "notices": [n.as_json() for n in result.notices],
                    "forms": [f.form for f in result.forms], "failures": [e.zh for e in result.failures],
                    "refused": [r.as_json() for r in refused]})
    else:
        for reading in result.readings:
            show_reading(reading)
        for conflict in result.facts.conflicts:
            out.print(f"[bold red]文件不一致[/] {term(conflict.field).short}：" + " / ".join(str(v) for v, _ in conflict.values))
        for notice in result.notices:
            out.print(f"[bold yellow]![/] {notice.message}（{'、'.join(notice.files)}）", soft_wrap=True)
        show_decision(result.decision, pipeline.programme(programme).name)
        table("表單", ("表單", "名稱", "印出", "空白", "待處理"),
              [(f.form, f.title, sum(bool(s.printed) for s in f.slots.values()), sum(not s.printed for s in f.slots.values()),
                _first([p.message for p in f.problems])) for f in result.forms])
        out.print(f"輸出資料夾：{folder.resolve()}", soft_wrap=True)
    _end([*result.failures, *refused])


def show_reading(reading: FileReading) -> None:
    """One file's reading for people."""
    if reading.error:
        out.print(f"[bold red]✗[/] {reading.file}：{reading.error[1]}（{reading.error[0]}）", soft_wrap=True)
        return
    out.print(f"[bold]{reading.file}[/]（{reading.pages} 頁）", soft_wrap=True)
    for d in reading.documents:
        pages = "、".join(map(str, d.pages))
        rows = [(term(name).short, "？" if r.value is None else _short(r.value), r.page, "✓" if r.status == ACCEPTED else "?",
                 "；".join(r.doubts) or " ".join(r.witnesses)) for name, r in d.fields.items()]
        table(f"第 {pages} 頁：{kind_name(d.kind)}", ("欄位", "值", "頁", "", "證據或疑點"), rows)
        for problem in d.problems:
            out.print(f"  {problem}", soft_wrap=True)


def _key() -> bytes | None:
    """The installation's key; a bundle stays unsigned where no data folder can be kept."""
    try:
        return Settings().signing_key()
    except OSError as error:
        err.print(f"[yellow]不能使用資料夾保存簽章金鑰（{error.strerror}），bundle.zip 沒有簽章。[/]", soft_wrap=True)
        return None


def show_decision(decision: Decision, name: str) -> None:
    rows = [(MARKS[f.outcome], f.rule.removeprefix(f"{decision.programme}."), f.clause.citation, f.explanation) for f in decision.findings]
    table(f"{name}　{decision.as_of}　結果：{MARKS[decision.outcome]}", ("結果", "規則", "依據", "說明"), rows)


def kind_name(kind: str) -> str:
    known = kinds.load()
    return known[kind].name if kind in known else "認不出的文件"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _first(messages: Sequence[str], most: int = 3) -> str:
    """The first few; all of them stand on the cover sheet."""
    more = [f"……共 {len(messages)} 項，見封面"] if len(messages) > most else []
    return "\n".join([*messages[:most], *more])


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(x.strip().lower() for x in text.split(",") if x.strip())
    if not wanted or any(x not in ("docx", *convert.FILTERS) for x in wanted):
        raise BadValue("--format", text, "docx、odt、pdf，以逗號分開")
    return wanted


def _end(failures: Sequence[ShouwenError | FileReading]) -> None:
    for failure in failures:
        if isinstance(failure, ShouwenError):
            err.print(f"[bold red]✗[/] {failure.zh}", soft_wrap=True)
    if failures:
        raise typer.Exit(3)


