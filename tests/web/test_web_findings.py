"""The findings of a decision as the desks group them: each once, those of every case apart, and the sentence from the mandatory ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from domain.notice import OTHER_FIRM, STALE, Notice
from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.programme import find, load
from intake.store.views import DecisionView, QueueRow
from intake.web import findings, heads, verdicts
from intake.web.open_points import DOUBTS, OTHER_NUMBER, UNREADABLE_FILE, Point
from intake.web.text import Text


def view(programme: str, facts: dict[str, object], intake: bool = True) -> DecisionView:
    made = decide(find(programme), facts, date(2025, 3, 15), TODAY, intake=intake)
    return DecisionView(1, made.programme, made.edition, made.as_of, made.outcome, made.as_json(), facts, datetime(2025, 3, 15))


@pytest.mark.parametrize("programme", load())
def test_each_finding_stands_in_one_group(programme: str) -> None:
    for example in examples(find(programme).folder)[:3]:
        decision = view(programme, dict(example.facts))
        seen = findings.outcome(decision, {}, Text("zh"))
        shown = [f.rule for f in (*seen.deciding, *seen.others, *seen.checks)]
        assert sorted(shown) == sorted(f["rule"] for f in decision.decision["findings"])
        assert [f.rule.partition(".")[0] for f in seen.checks] == ["intake"] * 9
        assert not any(f.rule.startswith("intake.") for f in (*seen.deciding, *seen.others))


def test_the_checks_of_every_case_change_no_sentence_and_older_decisions_have_none() -> None:
    facts: dict[str, object] = {"doc.privacy_consent": False}
    with_them, without = (findings.outcome(view("tops-buyer", facts, i), {}, Text("zh")) for i in (True, False))
    assert with_them.sentence == without.sentence
    assert without.checks == ()
    assert with_them.checks[0].outcome == "fail"


LATE = {"explanation": "115年11月21日送件，已過申請期限108年2月25日。", "used": {"app.submitted_date": "2026-11-21"}}
LARGE = {"explanation": "實收資本額超過八千萬元。", "used": {"fin.paid_in_capital": 90000000}}


@pytest.mark.parametrize(("against", "doubts", "unread", "papers", "word", "why"), [
    ((LATE,), 0, 0, 2, "不符合", "逾期"), ((LATE,), 3, 0, 2, "等核對", "逾期"), ((LATE,), 0, 0, 0, "等文件", "逾期"),
    ((LATE,), 0, 1, 2, "等讀完", ""), ((LATE, LARGE), 3, 0, 2, "不符合", f"{LATE['explanation'][:-1]}；{LARGE['explanation'][:-1]}"),
    ((LARGE,), 3, 0, 2, "不符合", LARGE["explanation"][:-1]),
])
def test_a_refusal_that_rests_on_nothing_read_is_no_verdict_yet(against: tuple[Any, ...], doubts: int, unread: int, papers: int, word: str,
                                                                why: str) -> None:
    row = QueueRow(1, "n", "p", "l", "t", "submitted", "fail", doubts, papers, unread, "", None, None)
    said = verdicts._verdict(row, against, Text("zh"))
    assert (said.word, said.why) == (word, why)
    assert (said.tone == "bad") == (word == "不符合")


def test_of_each_paper_the_most_important_is_said_first_and_the_rest_is_folded() -> None:
    points = (Point(UNREADABLE_FILE, "讀不了", True, "b.pdf"), Point(OTHER_NUMBER, "統一編號不同", True), Point(DOUBTS, "還有 3 處"))
    notices = (Notice(STALE, "太舊", ("a.pdf",)), Notice(OTHER_FIRM, "別家", ("a.pdf",)), Notice(STALE, "太舊", ("c.pdf",)))
    said = heads.heads(points, notices, {"a.pdf": 7})
    assert [(h.first.sentence, [s.sentence for s in h.more]) for h in said] == [
        ("讀不了", []), ("別家", ["統一編號不同", "太舊"]), ("太舊", [])]
    assert [h.first.foreign for h in said] == [None, 7, None]
    assert [h.first.sentence for h in heads.heads(points[1:], notices[:1], {})] == ["統一編號不同", "太舊"]
