"""The way of a case through a programme, as data (workflow.yaml): who acts in which order, and which deadlines run.

    steps:
      - {id: supplement, who: applicant, does: 補齊缺少的資料, after: [review], rule: supplement-3d}
    clocks:
      - id: supplement
        step: supplement
        name: 補件
        from: [app.notice_date, supplement_asked]   # fields or events; the first that is known
        days: supplement_days                       # a figure of parameters.yaml; or workdays:, months:, years:
        done: [app.supplement_date, supplemented]
        overdue: 視同放棄
        rule: supplement-3d                         # whose clause sets it

In place of ``from:`` and a length, ``until:`` names a field or a figure that is the last day itself; without any of them the last day
is the one that the notice names. ``answer: until`` takes the day from that key of the rule's own value. ``back: true`` counts
backwards; ``kind: opens`` gives a first day instead of a last, ``kind: lasts`` the last day of a period that is over then, not missed;
``holiday: stays`` for a last day that does not move on when the offices are closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.decision import Clause
from domain.errors import DefinitionError
from domain.field import Value
from domain.vocabulary import terms
from eligibility.located import Located
from eligibility.parameters import Parameter
from eligibility.rule import Rule

WHO: Mapping[str, str] = {
    "applicant": "申請人", "office": "主辦單位", "committee": "審查委員", "partner": "輔導單位",
    "authority": "稅捐或目的事業主管機關", "bank": "承貸金融機構",
}
EVENTS: Mapping[str, str] = {
    "submitted": "送件", "received": "收件", "supplement_asked": "通知補件", "supplemented": "補件", "decided": "核定", "announced": "公告",
    "signed": "訂約", "paid": "撥款", "closed": "結案",
}
"""What a case knows of itself by day, for clocks whose fact is not known."""
LENGTHS = ("days", "workdays", "months", "years")
DUE, OPENS, LASTS = "due", "opens", "lasts"
KINDS = (DUE, OPENS, LASTS)
STEP_KEYS = {"id", "who", "does", "after", "rule", "papers", "only_if"}
CLOCK_KEYS = {"id", "step", "name", "from", *LENGTHS, "until", "answer", "back", "kind", "holiday", "done", "overdue", "rule", "only_if"}


@dataclass(frozen=True)
class OnlyIf:
    """A condition on facts: it holds unless a named field is known to have another value."""

    wanted: Mapping[str, tuple[Value, ...]]

    @staticmethod
    def of(data: Mapping[str, Any]) -> OnlyIf:
        """The condition under ``only_if:``; an empty one always holds."""
        return OnlyIf({f: tuple(v if isinstance(v, list) else [v]) for f, v in (data.get("only_if") or {}).items()})

    def holds(self, facts: Mapping[str, Value]) -> bool:
        return all(facts.get(f) is None or facts[f] in values for f, values in self.wanted.items())


@dataclass(frozen=True)
class Step:
    """One thing that somebody does. ``who`` is a key of WHO; ``after`` are ids of steps; ``papers`` are the ``doc.*`` handed in with it."""

    id: str
    who: str
    does: str
    after: tuple[str, ...]
    papers: tuple[str, ...]
    clause: Clause | None
    only_if: OnlyIf


@dataclass(frozen=True)
class Clock:
    """One deadline. ``start``, ``done`` and ``until`` are fields or events, the first that is known; ``until`` may be a figure too.
    ``unit`` is one of LENGTHS, or "" where ``until`` or ``answer`` gives the day; ``length`` names the figure; ``kind`` is one of KINDS;
    ``rule`` is the whole id of the rule whose ``clause`` sets it."""

    id: str
    step: str
    name: str
    start: tuple[str, ...]
    unit: str
    length: str
    until: tuple[str, ...]
    answer: str
    back: bool
    kind: str
    moves: bool
    done: tuple[str, ...]
    overdue: str
    rule: str
    clause: Clause
    only_if: OnlyIf


@dataclass(frozen=True)
class Workflow:
    """The steps in order and the clocks of a programme."""

    steps: tuple[Step, ...] = ()
    clocks: tuple[Clock, ...] = ()


def build(source: Located, rules: Sequence[Rule], parameters: Mapping[str, Parameter], found: list[DefinitionError]) -> Workflow:
    """The workflow of a file; what is wrong in it is added to ``found``."""
    data = source.data
    if not isinstance(data, dict) or set(data) - {"steps", "clocks"}:
        found.append(source.mistake((), "檔案只能有 steps: 和 clocks: · has other keys", "改正 · mend the keys"))
        return Workflow()
    clauses = {r.id.partition(".")[2]: r.clause for r in rules}
    whole = {r.id.partition(".")[2]: r.id for r in rules}
    steps, clocks = data.get("steps") or [], data.get("clocks") or []
    before = len(found)
    ids = _ids(source, "steps", steps, found)
    _ids(source, "clocks", clocks, found)
    if len(found) == before:
        for i, s in enumerate(steps):
            found += _wrong_step(source, ("steps", i), s, ids[:i], clauses)
        for i, c in enumerate(clocks):
            found += _wrong_clock(source, ("clocks", i), c, ids, clauses, parameters)
    if len(found) > before:
        return Workflow()
    return Workflow(tuple(_step(s, clauses) for s in steps), tuple(_clock(c, clauses, whole) for c in clocks))


def _ids(source: Located, group: str, entries: Any, found: list[DefinitionError]) -> list[str]:
    ids: list[str] = []
    for i, entry in enumerate(entries):
        if not isinstance(entry, dict) or not entry.get("id"):
            found.append(source.mistake((group, i), f"{group} 有一列沒有 id · an entry has no id", "補上 id:"))
        elif entry["id"] in ids:
            found.append(source.mistake((group, i), f"{entry['id']} 在 {group} 出現兩次 · stands twice", "留一個 · keep one"))
        else:
            ids.append(entry["id"])
    return ids


def _wrong_step(
    source: Located, path: tuple[Any, ...], s: Mapping[str, Any], earlier: Sequence[str], clauses: Mapping[str, Clause]
) -> list[DefinitionError]:
    wrong = [(k, f"步驟沒有 {k}: 這個鍵 · is no key of a step") for k in set(s) - STEP_KEYS]
    if s.get("who") not in WHO:
        wrong.append(("who", f"who: {s.get('who')} 不是 {'、'.join(WHO)} 之一 · is none of these"))
    if not s.get("does"):
        wrong.append(("does", "缺 does: · is missing"))
    wrong += [("after", f"after: {a} 不是前面的步驟 · is no earlier step") for a in s.get("after") or () if a not in earlier]
    wrong += [("papers", f"papers: {p} 不是文件代號 · is no paper") for p in s.get("papers") or () if p not in terms()]
    wrong += [("only_if", f"only_if: {f} 不是欄位代號 · is no field") for f in s.get("only_if") or () if f not in terms()]
    if "rule" in s and s["rule"] not in clauses:
        wrong.append(("rule", f"rule: {s['rule']} 不是這個計畫的規則 · is no rule"))
    return [source.mistake((*path, k), problem, "改正這一步 · mend the step") for k, problem in wrong]


def _wrong_clock(
    source: Located,
    path: tuple[Any, ...],
    c: Mapping[str, Any],
    steps: Sequence[str],
    clauses: Mapping[str, Clause],
    parameters: Mapping[str, Parameter],
) -> list[DefinitionError]:
    wrong = [(k, f"期限沒有 {k}: 這個鍵 · is no key of a clock") for k in set(c) - CLOCK_KEYS]
    wrong += [(k, f"缺 {k}: · is missing") for k in ("name", "overdue") if not c.get(k)]
    if c.get("step") not in steps:
        wrong.append(("step", f"step: {c.get('step')} 不是步驟 · is none of the steps"))
    if c.get("rule") not in clauses:
        wrong.append(("rule", f"rule: {c.get('rule')} 不是這個計畫的規則 · is no rule"))
    lengths = [k for k in LENGTHS if k in c]
    if len(lengths) > 1 or (lengths and "until" in c):
        wrong.append((lengths[0], f"{'、'.join((*LENGTHS, 'until'))} 只能寫一個 · one is enough"))
    wrong += [(k, f"{k}: {c[k]} 不在 parameters.yaml · is no figure") for k in lengths if c[k] not in parameters]
    if lengths and "from" not in c:
        wrong.append((lengths[0], "有長度就要有 from: · a length needs from:"))
    if c.get("kind", DUE) not in KINDS:
        wrong.append(("kind", f"kind: 只能是 {'、'.join(KINDS)} · is one of these"))
    if c.get("holiday", "moves") not in ("moves", "stays"):
        wrong.append(("holiday", "holiday: 只能是 moves 或 stays · is one of these"))
    days = [("from", n) for n in _list(c.get("from"))] + [("done", n) for n in _list(c.get("done"))]
    days += [("until", n) for n in _list(c.get("until")) if n not in parameters]
    for key, name in days:
        if name not in EVENTS and (name not in terms() or terms()[name].type not in ("date", "datetime")):
            wrong.append((key, f"{key}: {name} 不是日期欄位，也不是事件（{'、'.join(EVENTS)}）· holds no day"))
    wrong += [("only_if", f"only_if: {f} 不是欄位代號 · is no field") for f in c.get("only_if") or () if f not in terms()]
    return [source.mistake((*path, k), problem, "改正這個期限 · mend the clock") for k, problem in wrong]


def _list(value: Any) -> tuple[str, ...]:
    return () if value is None else tuple(value) if isinstance(value, list) else (value,)


def _step(s: Mapping[str, Any], clauses: Mapping[str, Clause]) -> Step:
    return Step(s["id"], s["who"], s["does"], _list(s.get("after")), _list(s.get("papers")), clauses.get(s.get("rule", "")), OnlyIf.of(s))


def _clock(c: Mapping[str, Any], clauses: Mapping[str, Clause], whole: Mapping[str, str]) -> Clock:
    unit = next((k for k in LENGTHS if k in c), "")
    moves = c.get("holiday", "moves") == "moves"
    return Clock(
        c["id"], c["step"], c["name"], _list(c.get("from")), unit, c[unit] if unit else "", _list(c.get("until")), c.get("answer", ""),
        c.get("back", False), c.get("kind", DUE), moves, _list(c.get("done")), c["overdue"], whole[c["rule"]],
        clauses[c["rule"]], OnlyIf.of(c),
    )
