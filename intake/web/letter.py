"""The letter that asks for a supplement: what is missing, ready to be sent or mended by the clerk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from domain.case import CaseFacts
from domain.decision import NEEDS_EVIDENCE
from domain.field import Read
from domain.notice import INCOMPLETE, OTHER_FIRM, STALE, Notice
from eligibility.evidence import name
from eligibility.overview import missing_papers
from eligibility.programme import Programme, WantedPaper
from extractors import kinds
from intake.store.faults import OURS
from intake.store.views import UNREADABLE, PaperView
from intake.web import values
from intake.web.findings import Outcome
from intake.web.questions import asked


def wanting(programme: Programme, facts: CaseFacts, outcome: Outcome | None, notices: Sequence[Notice] = (),
            sent: Sequence[PaperView] = ()) -> str:
    """What the applicant still has to bring or say, one a line; "" where nothing is missing. ``sent`` are their papers: those that cannot
    be read by no fault of ours, and what ``notices`` say of the others, are asked for anew. What the office itself looks up is not."""
    papers = missing_papers(programme, facts.known())
    # what a missing paper will say is not asked for a second time, nor what the applicant said and the office decides
    read = kinds.load()
    there = {p.field for p in papers} | {f for p in papers for k in p.kinds if k in read for f in read[k].fields}
    there |= {c.field for c in facts.conflicts if c.claimed}
    fields = dict.fromkeys(m for f in (outcome.deciding if outcome else ()) if f.outcome == NEEDS_EVIDENCE
                           for m in f.missing_fields if m not in there and asked(m))
    brought = dict.fromkeys(p.name + (f"（{p.copies} 份）" if p.copies > 1 else "") + _only(p, facts) for p in papers)
    things = [*brought, *_unclear(fields, facts, sent, notices), *_anew(notices, sent)]
    return "請補下列資料：\n" + "\n".join(f"{n}. {t}" for n, t in enumerate(things, 1)) if things else ""


def _only(paper: WantedPaper, facts: CaseFacts) -> str:
    """Whom a paper is asked of, where it is not known yet whether the applicant is one of them."""
    known = facts.known()
    unknown = ((f, those) for f, those in paper.only_if.wanted.items() if f not in known)
    return "".join(f"（{'或'.join(values.shown(f, v) for v in those)}才要附）" for f, those in unknown)


def _unclear(fields: Iterable[str], facts: CaseFacts, sent: Sequence[PaperView], notices: Sequence[Notice]) -> Iterator[str]:
    """What is asked for in words; a value that stands on a paper and cannot be used is asked for by that paper. What stands on a paper
    of another firm's is no value of theirs: such a paper is asked for anew by itself."""
    files, strange = {p.sha256: p.name for p in sent}, {f for n in notices if n.code == OTHER_FIRM for f in n.files}
    spoilt: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    read = kinds.load()
    for field in fields:
        fact = facts.facts.get(field)
        names = dict.fromkeys(files[o.document] for o in (fact.origins if fact else ()) if isinstance(o, Read) and o.document in files)
        ours = [n for n in names if n not in strange]
        telling = [p.name for p in sent if p.name not in strange and any(field in read[k].fields for k in p.kinds if k in read)]
        if not names and telling:
            lost.setdefault(telling[0], []).append(name(field))
        elif not ours:
            yield name(field)
        elif any(c.field == field for c in facts.conflicts) and len(ours) > 1:
            yield f"{name(field)}：{'、'.join(f'「{n}」' for n in ours)}上寫的不同，請說明哪一個對，或換成正確的文件"
        else:
            spoilt.setdefault(ours[0], []).append(name(field))
    for file, those in lost.items():
        yield f"「{file}」上讀不到{'、'.join(those)}，請重新掃描或拍照後再傳；上面沒有寫的，請說明"
    for file, those in spoilt.items():
        yield f"「{file}」上的{'、'.join(those)}看不清楚，請重新掃描或拍照後再傳"


def _anew(notices: Sequence[Notice], sent: Sequence[PaperView]) -> Iterator[str]:
    for paper in sent:
        if paper.state == UNREADABLE and paper.error_code not in OURS:
            again = "" if "請" in paper.error else "，請重新掃描或拍照後再傳"
            yield f"「{paper.name}」讀不了{again}：{paper.error}"
    for notice in notices:
        about = "、".join(f"「{f}」" for f in notice.files)
        if notice.code == OTHER_FIRM:
            yield f"{about}看起來是別家公司的文件，請換成貴單位的"
        elif notice.code in (STALE, INCOMPLETE):
            yield f"{about}{notice.message.rstrip('。')}"
