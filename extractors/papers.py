"""From upright pages to papers with fields: recognise, read, check, weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.document import Page
from domain.field import DocumentReading
from extractors import furniture, kinds
from extractors.kind import Kind, Sketch
from extractors.policy import DEFAULT, Policy
from extractors.readers.ink import Paper
from extractors.readers.mend import mend, mend_names
from extractors.recognise import UNKNOWN, Recognised, recognise
from extractors.remains import fill
from extractors.votes import vote
from extractors.witnesses import Second, between_papers, settle

CUT_LINES = 4
"""How many lines must reach the picture's edge for the picture to be called cut; a seal or a fold makes one or two."""


def read_papers(pages: Sequence[Page], second: Second | None = None, policy: Policy = DEFAULT) -> tuple[DocumentReading, ...]:
    """The papers that the pages of one file make, with their fields. ``second`` is a second engine on a crop of a page, named by its place
    in ``pages`` from 1, since slips in one photo are pages of one number; without it fewer values pass without a person. ``policy`` says
    how sure a value must be to be accepted."""
    catalogue = kinds.load()
    found = recognise(pages)
    sketches = [draw(catalogue[f.kind], f) if f.kind != UNKNOWN else None for f in found]
    between_papers([s for s in sketches if s])
    places = {id(page): place for place, page in enumerate(pages, start=1)}
    return tuple(_reading(f, s, _placed(second, f, places), policy) for f, s in zip(found, sketches, strict=True))


def _placed(second: Second | None, found: Recognised, places: Mapping[int, int]) -> Second | None:
    """The second engine asked about the pages of one paper by their numbers."""
    if second is None:
        return None
    of = {page.number: places[id(page)] for page in found.document.pages}
    return lambda number, boxes, alphabet: second(of[number], boxes, alphabet)


def draw(kind: Kind, found: Recognised) -> Sketch:
    """Read every field of one paper and run the kind's checks; nothing is weighed yet."""
    paper = _without_furniture(kind, Paper(found.document, found.sheets))
    drafts = {name: [d for reader in readers for d in reader(paper)] for name, readers in kind.fields.items()}
    sketch = Sketch(kind.id, paper, {name: ds for name, ds in drafts.items() if ds})
    fill(sketch, tuple(kind.fields))
    vote(sketch)
    mend(sketch)
    mend_names(sketch)
    for check in kind.checks:
        check(sketch)
    for note in dict.fromkeys(note for page in found.document.pages for note in page.notes):
        sketch.problems.append(note)
        sketch.doubt(note, *(name for name, ds in sketch.drafts.items() if not any(d.witness == "qr" for d in ds)))
    sketch.problems += _page_problems(found)
    if any(sum(i.cut for i in s.inks) >= CUT_LINES for s in paper.sheets):
        sketch.problems.append("影像邊緣的字被切掉了，請重新拍攝或掃描，四邊都要入鏡。")
    return sketch


def _without_furniture(kind: Kind, paper: Paper) -> Paper:
    """The paper without what its pages say of their own printing, sending and receipt, but for the day of printing where it is asked."""
    asked = any(name.endswith("printed_on") for name in kind.fields)
    return Paper(paper.document, [furniture.without(s, keep_printed=asked) for s in paper.sheets])


def _reading(found: Recognised, sketch: Sketch | None, second: Second | None, policy: Policy) -> DocumentReading:
    if sketch is None:
        return DocumentReading(UNKNOWN, found.confidence, found.document.numbers, {})
    return DocumentReading(found.kind, found.confidence, found.document.numbers, settle(sketch, second, policy),
                           tuple(dict.fromkeys(sketch.problems)))


def _page_problems(found: Recognised) -> list[str]:
    have = len(found.document.pages)
    told = ["文件各頁的次序與所印頁次不同，已依頁次排好。"] if list(found.document.numbers) != sorted(found.document.numbers) else []
    if found.pages_said is None or have >= found.pages_said:
        return told
    return [*told, f"文件印有共 {found.pages_said} 頁，只收到 {have} 頁，請補齊。"]
