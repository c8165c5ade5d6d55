"""Rules that need no Python: what must hold, said in programme.yaml beside the clause.

    capital:
      mandatory: true
      citation: 二(一)
      source: S1
      text: 實收資本額在新臺幣一千萬元以下
      at_most: {fin.paid_in_capital: max_capital}

* ``at_most``, ``at_least`` (以下, 以上: inclusive), ``below``, ``above`` (未滿, 超過: exclusive): a field and a figure of parameters.yaml
* ``is``, ``is_not``: a field against true, false, a word, or a list of words
* ``paper``: a ``doc.*`` that must be there, or {doc.x: {original: true, copies: 2, seals: [company_seal]}}
* ``under_years`` (未滿N年), ``within_years`` (N年內, 未超過N年), ``over_years`` (滿N年): a day against the day of the application
* ``applied``: {from: first_day, until: last_day}: the application falls within, both days included
* ``clear``: {cmp.labor_violations: look_back_years}: no penalty within so many years
* ``person``: what somebody has to judge; never decided by the machine
* ``any``, ``all``: a list of the above

What is not known leaves the answer open: ``any`` is true when one is known true, ``all`` false when one is known false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.vocabulary import Term, term, terms
from eligibility import registers
from eligibility.bodies import CHINESE
from eligibility.dates import anniversary, roc
from eligibility.evidence import name, where
from eligibility.paper import SEALS, wanting
from eligibility.parameters import Parameter
from eligibility.rule import DAY, FIELD, PARAMETER, SUBMITTED, Answer, Want, both, either, failed, needs, passed, undetermined
from eligibility.words import about, yuan

NUMBERS = ("money", "integer", "number", "percent")
COMPARED: Mapping[str, tuple[Callable[[Any, Any], bool], str, str, str]] = {
    "at_most": (lambda v, limit: v <= limit, "未超過", "超過", "以下"),
    "at_least": (lambda v, limit: v >= limit, "已達", "未達", "以上"),
    "below": (lambda v, limit: v < limit, "未滿", "已達", "未滿"),
    "above": (lambda v, limit: v > limit, "超過", "未超過", "超過"),
}
"""Each comparison with its words when it holds, when it does not, and for what is wanted."""
YEARS: Mapping[str, tuple[Callable[[date, date], bool], str, str]] = {
    "under_years": (lambda day, limit: day < limit, "未滿 {} 年", "已滿 {} 年"),
    "within_years": (lambda day, limit: day <= limit, "未超過 {} 年", "超過 {} 年"),
    "over_years": (lambda day, limit: day >= limit, "已滿 {} 年", "未滿 {} 年"),
}
KEYS = (*COMPARED, "is", "is_not", "paper", *YEARS, "applied", "clear", "person", "any", "all")
PAPER_KEYS = {"original", "copies", "seals"}


@dataclass(frozen=True)
class Part:
    """One thing that must hold. ``say`` gives, for what is known, whether it holds, a half sentence, and what is missing."""

    wants: tuple[Want, ...]
    say: Callable[[Mapping[str, Any]], Said]


@dataclass(frozen=True)
class Said:
    holds: bool | None
    words: str
    missing: tuple[str, ...] = ()
    wanted: str = ""
    judged: bool = field(default=False)


def keys_of(body: Mapping[str, Any]) -> list[str]:
    """The keys of a rule's body that say what must hold."""
    return [k for k in KEYS if k in body]


def build(body: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> tuple[tuple[Want, ...], Callable[..., Answer]]:
    """The wants and the function of a rule without Python. Raises ValueError with what is wrong in it."""
    part = _all([_part(k, body[k], parameters) for k in keys_of(body)])
    return part.wants, lambda **given: _answer(part.say(given))


def _answer(said: Said) -> Answer:
    if said.holds:
        return passed(f"{said.words}。")
    if said.holds is False:
        return failed(f"{said.words}。", f"{said.wanted}才符合。" if said.wanted else "")
    return undetermined(f"{said.words}，由主辦單位認定。") if said.judged else needs(f"{said.words}。", *said.missing)


def _part(key: str, body: Any, parameters: Mapping[str, Parameter]) -> Part:
    if key in ("any", "all"):
        if not isinstance(body, list) or not all(isinstance(b, dict) and b and set(b) <= set(KEYS) for b in body):
            raise ValueError(f"{key}: 下面要一列一列寫條件 · is no list of conditions")
        return (_any if key == "any" else _all)([_all([_part(k, b[k], parameters) for k in b]) for b in body])
    if key == "person":
        return Part((), lambda given: Said(None, str(body), judged=True))
    if key == "applied":
        return _applied(body, parameters)
    if key == "paper" and isinstance(body, str):
        body = {body: {}}
    if not isinstance(body, dict) or len(body) != 1:
        raise ValueError(f"{key}: 要寫成 {{欄位: 數額}}，一個欄位 · wants exactly one field")
    ((of, what),) = body.items()
    if of not in terms():
        raise ValueError(f"{key}: {of} 不是欄位代號 · is no field of the vocabulary")
    others = {"is": _is, "is_not": _is, "paper": _paper, "clear": _clear}
    return {**dict.fromkeys(COMPARED, _compared), **dict.fromkeys(YEARS, _years), **others}[key](key, term(of), what, parameters)


def _field(t: Term) -> Want:
    return Want(t.id.replace(".", "__"), FIELD, t.id, True)


def _figure(key: str, figure: Any, parameters: Mapping[str, Parameter]) -> Want:
    if figure not in parameters:
        raise ValueError(f"{key}: {figure} 不在 parameters.yaml · is no figure of parameters.yaml")
    return Want(figure, PARAMETER, figure, False)


def _typed(key: str, t: Term, *types: str) -> None:
    if t.type not in types:
        raise ValueError(f"{key}: {t.id}（{t.short}）的型態是 {t.type}，這裡要 {'、'.join(types)} · is of another type")


def _unknown(*fields: str) -> Said:
    return Said(None, "還不知道" + "、".join(f"「{name(f)}」" + (f"（來源：{where(f)}）" if where(f) else "") for f in fields), fields)


def _shown(t: Term, value: Any) -> str:
    if t.type == "money":
        return about(value) if value and value % 10_000 == 0 else yuan(value)
    return f"{value:,}{'' if t.unit == '%' else ' '}{t.unit}".strip()


def _compared(key: str, t: Term, what: Any, parameters: Mapping[str, Parameter]) -> Part:
    _typed(key, t, *NUMBERS)
    holds, good, bad, wanted = COMPARED[key]
    want, limit = _field(t), _figure(key, what, parameters)

    def say(given: Mapping[str, Any]) -> Said:
        value, most = given[want.name], given[limit.name]
        if value is None:
            return _unknown(t.id)
        true, end = holds(value, most), _shown(t, most)
        asked = f"{name(t.id)}{wanted} {end}" if key in ("below", "above") else f"{name(t.id)}在 {end}{wanted}"
        return Said(true, f"{name(t.id)} {_shown(t, value)}，{good if true else bad} {end}", (), asked)

    return Part((want, limit), say)


def _is(key: str, t: Term, what: Any, parameters: Mapping[str, Parameter]) -> Part:
    options = what if isinstance(what, list) else [what]
    if t.type == "bool" and not all(isinstance(o, bool) for o in options):
        raise ValueError(f"{key}: {t.id} 只能是 true 或 false · is true or false")
    if t.choices and not set(options) <= set(t.choices):
        raise ValueError(f"{key}: {t.id} 的選項是 {'、'.join(t.choices)} · is one of these")
    want = _field(t)

    def say(given: Mapping[str, Any]) -> Said:
        value = given[want.name]
        if value is None:
            return _unknown(t.id)
        asked = f"「{name(t.id)}」{'為' if key == 'is' else '不為'}{'、'.join(f'「{_word(o)}」' for o in options)}"
        return Said((value in options) == (key == "is"), f"{name(t.id)}為「{_word(value)}」", (), asked)

    return Part((want,), say)


def _word(value: Any) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else CHINESE.get(value, str(value))


def _paper(key: str, t: Term, what: Any, parameters: Mapping[str, Parameter]) -> Part:
    _typed(key, t, "document")
    how = what or {}
    if not isinstance(how, dict) or set(how) - PAPER_KEYS or not set(how.get("seals", ())) <= set(SEALS):
        raise ValueError(f"paper: 只能寫 original、copies、seals（{'、'.join(SEALS)}）· knows only these")
    want = _field(t)
    asked = {"original": how.get("original", False), "copies": how.get("copies", 1), "seals": tuple(how.get("seals", ()))}

    def say(given: Mapping[str, Any]) -> Said:
        lacking = wanting(name(t.id), given[want.name], **asked)
        return Said(None, lacking, (t.id,)) if lacking else Said(True, f"{name(t.id)}已附")

    return Part((want,), say)


DAY_WANT = Want("day", DAY, SUBMITTED, True)


def _years(key: str, t: Term, what: Any, parameters: Mapping[str, Parameter]) -> Part:
    _typed(key, t, "date")
    holds, good, bad = YEARS[key]
    want, limit = _field(t), _figure(key, what, parameters)

    def say(given: Mapping[str, Any]) -> Said:
        start, day, years = given[want.name], given["day"], given[limit.name]
        missing = tuple(f for f, v in ((t.id, start), (SUBMITTED, day)) if v is None)
        if missing:
            return _unknown(*missing)
        if start > day:
            return Said(None, f"{name(t.id)}{roc(start)}在申請日{roc(day)}之後，請確認", (t.id,))
        end = anniversary(start, years)
        true = holds(day, end)
        return Said(true, f"{name(t.id)}{roc(start)}，至申請日{roc(day)}{(good if true else bad).format(years)}（{roc(end)}滿 {years} 年）")

    return Part((want, DAY_WANT, limit), say)


def _applied(body: Any, parameters: Mapping[str, Parameter]) -> Part:
    if not isinstance(body, dict) or not body or set(body) - {"from", "until"}:
        raise ValueError("applied: 要寫 {from: 數額, until: 數額}，至少一個 · wants from: and until:, or one of them")
    figures = {k: _figure("applied", v, parameters) for k, v in body.items()}
    for k, w in figures.items():
        if not all(_is_day(p.value) for p in parameters[w.key].periods):
            raise ValueError(f"applied: {body[k]} 不是日期 · is no day")

    def say(given: Mapping[str, Any]) -> Said:
        day = given["day"]
        if day is None:
            return _unknown(SUBMITTED)
        first, last = (date.fromisoformat(given[figures[k].name]) if k in figures else None for k in ("from", "until"))
        window = f"受理期間{roc(first) if first else ''}至{roc(last) if last else '公告截止日'}"
        return Said((first is None or first <= day) and (last is None or day <= last), f"申請日{roc(day)}，{window}")

    return Part((DAY_WANT, *figures.values()), say)


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _clear(key: str, t: Term, what: Any, parameters: Mapping[str, Parameter]) -> Part:
    _typed(key, t, "rows")
    want, limit = _field(t), _figure(key, what, parameters)

    def say(given: Mapping[str, Any]) -> Said:
        records, day, years = given[want.name], given["day"], given[limit.name]
        missing = tuple(f for f, v in ((t.id, records), (SUBMITTED, day)) if v is None)
        if missing and records != []:
            return _unknown(*missing)
        if records and (clear := registers.clear(records, day, years)) is not True:
            near = "、".join(roc(r["date"]) for r in registers.within(records, day, years) if r.get("date")) or "日期不明"
            return Said(clear, f"{name(t.id)}：{years} 年內有紀錄（{near}）", (t.id,) if clear is None else ())
        return Said(True, f"{name(t.id)}：{years} 年內沒有紀錄")

    return Part((want, DAY_WANT, limit), say)


def _all(parts: Sequence[Part]) -> Part:
    return _together(parts, both, False)


def _any(parts: Sequence[Part]) -> Part:
    return _together(parts, either, True)


def _together(parts: Sequence[Part], join: Callable[..., bool | None], settles: bool) -> Part:
    """Parts joined; one that settles the whole is said alone."""

    def say(given: Mapping[str, Any]) -> Said:
        said = [p.say(given) for p in parts]
        holds = join(*(s.holds for s in said))
        told = [s for s in said if s.holds is settles] if holds is settles else [s for s in said if s.holds is holds] or said
        wanted = ("，或" if settles else "，且").join(s.wanted for s in said if s.wanted and (settles or s.holds is not True))
        return Said(holds, "；".join(s.words for s in told), tuple(dict.fromkeys(m for s in told for m in s.missing)), wanted,
                    holds is None and all(s.judged for s in told))

    return Part(tuple(_distinct(w for p in parts for w in p.wants)), say)


def _distinct(wants: Iterator[Want]) -> list[Want]:
    return list({w.name: w for w in wants}.values())
