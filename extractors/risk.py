"""How likely is a value to be wrong? In two ways: its ink was misread, or the ink was read rightly but stands in the wrong place.

Each way starts from a chance that the ink itself tells and is multiplied, for every independent witness, by how often that witness lets
such a mistake pass. Both chances add up to the risk; the confidence that is stated is one minus the risk. All figures are in the tables
below with what they come from; docs/reading.md tells how they were measured and how well they hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from domain.document import TEXT_LAYER
from domain.taiwan import address
from domain.vocabulary import term
from extractors.kind import Draft
from extractors.readers.ink import Ink
from extractors.readers.letters import OFFICES
from extractors.readers.names import has_suffix
from extractors.readers.values import misgrouped

NAMES = ("org.name", "org.responsible_person", "ins.unit_name", "inv.seller_name", "org.registered_address")
ENTITIES = ("org.name", "ins.unit_name", "inv.seller_name")
"""Names that mostly end in 公司, 行, 社 and the like: one that does not may be some other words, so it needs more agreement."""

PERSON, ODD = "org.responsible_person", 5
"""How many times likelier it is that a firm's name without such an end, or a person's of two signs, is another word or a part of a name:
few people have one sign for a given name, and the three people's names that were found cut all came out with two."""

RARE = ("org.name", "org.responsible_person", "ins.unit_name", "inv.seller_name", "reg.approval_no")
"""Values with characters that may be rare, or that the engine may drop; an address is made of common ones and of figures."""

WORDED = (*NAMES, "reg.approval_no")
"""Values in words, of which the second engine may read most glyphs alike."""

MISREAD = (
    (0.995, 0.0025, 0.008),
    (0.98, 0.008, 0.02),
    (0.95, 0.015, 0.04),
    (0.90, 0.03, 0.12),
    (0.80, 0.08, 0.25),
    (0.60, 0.20, 0.40),
    (0.0, 0.40, 0.60),
)
"""The chance of a misreading by the engine's score of the character that it is least sure of: least score, figures, names.

Names: half of what was wrong among 3,408 names of three characters, each with a rare one, in three fonts, clean and as a fax (24 of 1,497
at 0.995 and more, 13 of 434 at 0.98, 24 of 305, 45 of 242, 64 of 244, then about half), since perhaps half of all names have none. Figures:
three sets of layouts at first sight, of which the engine misread none of 1,025 at 0.995 and more (so no more than 3 in 1,000, 95 %) and
one of 68 at 0.98; what lies below, from papers for tuning.
"""

ONE_WORD, OPPOSED = 0.01, 0.02
"""The least chance of being wrong where one engine's word is all that speaks for the reading: where the second was not asked, and where it
reads another value of the form in the same place."""

CONFUSED_WRONG = 0.05
"""The least chance of a misreading in a name with a character that the engine also prints for a rarer one, however sure it is."""

REPAIRED_WRONG = 0.3
"""The same where a rule chose among several readings of the ink."""

TEXT_LAYER_WRONG = 0.0003
"""A text layer is misread only where the file maps its glyphs wrongly."""

MISPLACED = 0.05
"""The chance that a value of the right form is not the one wanted, before anything speaks for its place."""

FORM_TELLS: dict[str, float] = {
    "org.business_items": 0.02, "inv.number": 0.003, "reg.approval_no": 0.005, "hc.monthly_insured": 0.003, "reg.form_kind": 0.005,
}
"""The same for values whose form is hardly found elsewhere on a paper."""


def _confused() -> frozenset[str]:
    """What the engine reads, sure of itself, where a rarer character is printed: ``confused.csv`` (read, printed, how often wrong, of)."""
    rows = Path(__file__).with_name("confused.csv").read_text(encoding="utf-8").split()[1:]
    return frozenset(row.split(",")[0] for row in rows)


CONFUSED = _confused()


@dataclass(frozen=True)
class Worth:
    """How often a witness lets a misread value pass, and a misplaced one."""

    misread: float
    misplaced: float


ARITHMETIC = Worth(0.05, 0.03)
"""What any ``check:`` is worth that is not named below: sums, products, rates."""

GLYPHS = "ocr:second-glyphs"
GLYPHS_LEFT = 1 / 3
"""Where the second engine agrees on every doubtful glyph of a name: how many of the others, of which the first engine is sure, rest on
its word alone."""

WORTH: dict[str, Worth] = {
    "ocr:second": Worth(0.06, 1.0),
    "ocr:second-parts": Worth(0.06, 1.0),
    "ocr:second-most": Worth(0.3, 1.0),
    "ocr:second-nearly": Worth(0.3, 1.0),
    GLYPHS: Worth(1.0, 1.0),
    "check:uniform-no-10": Worth(0.12, 0.5),
    "check:uniform-no-5": Worth(0.3, 0.6),
    "closed-list": Worth(0.03, 0.3),
    "same-paper": Worth(0.1, 0.1),
    "other-paper": Worth(0.1, 0.05),
    "financial-numerals": Worth(0.05, 0.05),
    "check:sequence": Worth(0.03, 0.05),
    "check:range": Worth(0.2, 0.2),
    "check:year": Worth(0.9, 0.2),
    "check:row-count": Worth(0.05, 0.05),
    "row": Worth(1.0, 0.1),
    "label": Worth(1.0, 0.15),
    "label:next": Worth(1.0, 0.3),
    "sole": Worth(1.0, 0.1),
    "first": Worth(1.0, 0.4),
    "apart": Worth(1.0, 0.3),
    "form": Worth(1.0, 0.3),
    "paired": Worth(1.0, 0.1),
    "paired:numbers": Worth(1.0, 0.1),
    "apart:block": Worth(1.0, 0.15),
    "complete": Worth(1.0, 0.3),
    "largest": Worth(0.7, 0.3),
}

LABEL_ALONE, NOWHERE = 0.015, 0.2
"""The least chance of a misplaced value where nothing but a label speaks for its place, and where nothing at all does: of three sets of
layouts at first sight, once amounts that seem cut are doubted, 1 of 94 and 13 of 58 stood elsewhere. Where the label stands right beside
the value, or nothing else has its form, or all else of its form stands by other labels, none of 757 did. A name that does not end as firms'
names do is the only one of its form only because that form is anything (3 of 4 were other words)."""

UNCOUNTED = 0.15
"""The least chance that a list of business items lacks one where neither their names nor the numbers of its lines count them: 5 of 25."""

NO_PLACE = frozenset({"ocr:second", GLYPHS, "ocr:second-nearly", "ocr:second-parts", "ocr:second-most", "check:uniform-no-10",
                      "check:uniform-no-5"})
"""Witnesses for the reading that tell nothing of the place: the number of another firm holds its check too."""

SAME_ENGINE = 0.5
"""How often agreement of the same engine with itself lets a misread name pass: it misreads a rare glyph the same way every time."""

PARTIES = ("inv.seller_name", "inv.seller_uniform_no", "inv.buyer_uniform_no")
SOLE_OF_MANY = 0.3
"""A paper between two parties may bear the name or number of one of them only, and amounts are met everywhere: that a value of theirs is
the only one of its form says less."""

CAPITALS, LEAST_CAPITAL = ("fin.authorized_capital", "fin.paid_in_capital"), 1000
"""No firm is registered with less than so many 元: what reads so is one figure of an amount. Few other amounts stand on such papers."""

QR = 0.001
"""A code that decodes has its own correction of errors."""


def risk(name: str, draft: Draft, witnesses: Collection[str]) -> float:
    """The chance that the value of the field ``name`` is wrong, 0 to 1."""
    heard = sorted(w for w in set(witnesses) - {"ocr", "text-layer", "qr"} if not draft.repaired or not w.startswith(draft.repaired))
    misread, misplaced = _misread(name, draft), FORM_TELLS.get(name, MISPLACED)
    if (name in ENTITIES and not has_suffix(draft.ink.text)) or (name == PERSON and len(str(draft.value)) == 2):
        misplaced *= ODD
    for witness in heard:
        worth = WORTH.get(witness, ARITHMETIC)
        misplaced *= SOLE_OF_MANY if witness == "sole" and _of_many(name) else worth.misplaced
        misread *= SAME_ENGINE if name in NAMES and witness in ("same-paper", "other-paper") else worth.misread
    if GLYPHS in heard:
        misread = min(misread, misread * WORTH["ocr:second"].misread + MISREAD[0][2] * GLYPHS_LEFT)
    misplaced = max(misplaced, _least_misplaced(name, draft, set(heard) - NO_PLACE))
    return min(QR if "qr" in witnesses else 1.0, misread + misplaced)


def on_one_word(witnesses: Collection[str]) -> bool:
    """Whether a scanned value rests on the word of the engine that read it: nothing else speaks for its reading."""
    return "qr" not in witnesses and all(WORTH.get(w, ARITHMETIC).misread >= 0.7 for w in set(witnesses) - {"ocr", "text-layer"})


def _of_many(name: str) -> bool:
    return name in PARTIES or (term(name).type == "money" and name not in CAPITALS)


def _least_misplaced(name: str, draft: Draft, sides: Collection[str]) -> float:
    """The least chance of a misplaced value, by what speaks for its place."""
    if name == "org.business_items":
        return 0.0 if any(s.startswith("paired") for s in sides) else UNCOUNTED
    if name in FORM_TELLS:
        return 0.0
    if not sides or (set(sides) == {"sole"} and name in ENTITIES and not has_suffix(draft.ink.text)):
        return NOWHERE
    return LABEL_ALONE if set(sides) == {"label"} else 0.0


def _misread(name: str, draft: Draft) -> float:
    ink = draft.ink
    if ink.source == TEXT_LAYER:
        chance = TEXT_LAYER_WRONG
    else:
        weakest = min((_of_code(p.ink) if name == "org.business_items" else p.ink.weakest for p in draft.parts),
                      default=_of_figures(ink) if term(name).type in NUMERIC else _of_glyphs(name, ink))
        known = _of_known_office(name, draft)
        if known:
            weakest = _of_figures(ink)
        chance = next(n if name in RARE and not known else f for least, f, n in MISREAD if weakest >= least)
        if known:
            chance = max(chance, MISREAD[0][2])
        if name in RARE and CONFUSED & set(ink.text):
            chance = max(chance, CONFUSED_WRONG)
    if draft.repaired:
        chance = max(chance, REPAIRED_WRONG)
    if term(name).type == "money" and misgrouped(ink.text):
        chance *= 10
    return min(1.0, chance)


NUMERIC = ("money", "date", "month", "integer", "digits8")
_TELLING = frozenset("0123456789零〇○一二三四五六七八九十百千壹貳參肆伍陸柒捌玖拾佰仟萬億")


def _of_figures(ink: Ink) -> float:
    """The weakest of the figures of a number, an amount or a date: the signs between them tell nothing that the form does not."""
    return min((s for c, s in zip(ink.text, ink.scores, strict=False) if c in _TELLING), default=ink.weakest)


_CLOSED = {
    **dict.fromkeys(ENTITIES, re.compile(r"(?:閉鎖性)?(?:股份)?有限公司|企業社|實業社|工作室|商行|企業行|工程行")),
    "org.registered_address": re.compile("|".join((*address.CITIES, *address.FORMER))),
    "reg.approval_no": re.compile("字第|號$"),
}
"""Words of a name that come from a closed list: where the engine prints one whole, it read it rightly, however sure it is of each sign."""


def fixed(name: str, text: str) -> frozenset[int]:
    """The places in a name's text that a closed list of words settles."""
    found = _CLOSED[name].finditer(text) if name in _CLOSED else ()
    return frozenset(i for m in found for i in range(m.start(), m.end()))


def _of_glyphs(name: str, ink: Ink) -> float:
    """The weakest glyph of a value in words, those of closed lists left out."""
    settled = fixed(name, ink.text)
    free = (s for i, (c, s) in enumerate(zip(ink.text, ink.scores, strict=False)) if c != " " and i not in settled)
    return min(free, default=ink.weakest)


def _of_known_office(name: str, draft: Draft) -> bool:
    """Whether a letter's number begins with the mark of an office that is known, read so and not put right: its figures alone may be
    misread, but they are many, so that one engine's word does not do."""
    mark = str(draft.value).split("字第")[0]
    return name == "reg.approval_no" and mark in OFFICES and mark in "".join(draft.ink.text.split())


def _of_code(ink: Ink) -> float:
    """The weakest character of a code of a business item: it begins with a letter, so I and 1 are told apart there by the form."""
    return ink.part(1, len(ink.text)).weakest if len(ink.text) > 1 and ink.text[0] in "I1l|" else ink.weakest
