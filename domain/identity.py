"""Whose paper is it, and which of two papers stands: the papers of one case seen beside each other.

A case has one applicant. A paper that names another number or another name is kept, but what it says needs a person before it is used.
Papers of a registry are editions of one entry: what was registered later stands, since what changed and was not registered does not
hold against others (公司法第12條, 商業登記法第20條).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.field import ACCEPTED, DocumentReading, Entry, FileReading, Value

OWNER_NO, OWNER_NAME = "org.uniform_no", "org.name"
ABOUT = "case."
"""How the facts begin that say something of the papers beside each other."""
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "uniform_invoice": ("inv.buyer_uniform_no", "inv.seller_uniform_no"),
    "einvoice_proof": ("inv.buyer_uniform_no", "inv.seller_uniform_no"),
    "receipt": (),
}
"""Where a paper prints the applicant's number, if not under ``org.uniform_no``; one of several is enough."""
NAMES = ("org.name", "ins.unit_name")
BRANCHES = ("分公司", "辦事處", "營業所", "工廠", "廠", "門市", "分店", "分行", "處")
REGISTRY = ("company_registration_form", "business_registration_transcript", "registry_printout")
DATED = ("org.last_change_date", "reg.approval_date", "org.founding_date")
"""The day as at which a registry paper speaks: the first of these that it states."""
REGISTERED = ("org.name", "org.registered_address", "org.responsible_person", "fin.authorized_capital", "fin.paid_in_capital",
              "org.business_items", "org.organization_type", "org.status")
"""What may change by registration. The number and the founding date never do."""


@dataclass(frozen=True)
class Owner:
    """The applicant as far as known: 統一編號 and name, either of which may be unknown (None)."""

    number: str | None
    name: str | None


def folded(name: str) -> str:
    """A name as it is compared: without blanks, in one width, 台 as 臺."""
    return "".join(unicodedata.normalize("NFKC", name).replace("台", "臺").split())


def owner(files: Sequence[FileReading], entries: Iterable[Entry] = (), account: str = "") -> Owner:
    """Who applies: what a person entered; else the number of the applicant's ``account`` and the name beside it, where a paper states
    that number for sure; else what most registry papers and letters say for sure. A tie is nobody."""
    told = {e.field: e.value for e in entries}
    papers = [p for f in files for p in f.documents]
    theirs = [p for p in papers if account and sure(p, OWNER_NO) == account] if not told.get(OWNER_NO) else []
    # where the account decides, a paper of another number does not say the name either
    rest = [p for p in papers if not theirs or sure(p, OWNER_NO) is None]
    return Owner(*(str(told[f]) if told.get(f) else _most(theirs, f) or _most(rest, f) for f in (OWNER_NO, OWNER_NAME)))


def _most(papers: Iterable[DocumentReading], field: str) -> str | None:
    ranked = Counter(str(v) for p in papers if (v := sure(p, field))).most_common(2)
    return None if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]) else ranked[0][0]


def sure(paper: DocumentReading, field: str) -> Value:
    """The value of a field that passed without a person; None otherwise."""
    reading = paper.fields.get(field)
    return reading.value if reading is not None and reading.status == ACCEPTED else None


def foreign(paper: DocumentReading, applicant: Owner) -> str | None:
    """Why a paper seems to be another firm's, as a sentence; None where nothing speaks for that. A number that agrees settles it,
    whatever the name; a name that differs counts only where no number can be compared. A paper under the applicant's name with another
    number is theirs with a number in dispute: a misreading, above all where a person has just mended it."""
    fields = NUMBERS.get(paper.kind, (OWNER_NO,))
    numbers = [str(v) for f in fields if (v := sure(paper, f))]
    if applicant.number and numbers and (len(numbers) == len(fields) or applicant.number in numbers):
        if applicant.number in numbers or _under(paper, applicant):
            return None
        return f"這份文件上的統一編號是 {'、'.join(numbers)}，和案件其他資料的 {applicant.number} 不同，可能是別家公司的文件。"
    for field in NAMES:
        name = sure(paper, field)
        if applicant.name and name and not _of(str(name), applicant.name):
            return f"這份文件上的名稱是「{name}」，和案件其他資料的「{applicant.name}」不同，可能是別家公司的文件。"
    return None


def about(files: Sequence[FileReading], applicant: Owner) -> dict[str, Value]:
    """The facts ``case.*`` that a rule may ask for: what speaks for papers of another firm, and how many papers name the applicant by
    number or, having none, by name. What is not known is left out."""
    papers = [p for f in files for p in f.documents if p.kind != "unknown"]
    others = [why for p in papers if (why := foreign(p, applicant))]
    ours = sum(_names(p, applicant) for p in papers)
    return {**({"case.other_firm_papers": others} if others else {}), **({"case.agreeing_papers": ours} if ours else {})}


def _names(paper: DocumentReading, applicant: Owner) -> bool:
    numbers = [str(v) for f in NUMBERS.get(paper.kind, (OWNER_NO,)) if (v := sure(paper, f))]
    if applicant.number and numbers:
        return applicant.number in numbers
    return _under(paper, applicant)


def _under(paper: DocumentReading, applicant: Owner) -> bool:
    """Whether the paper names the applicant."""
    return any(_of(str(name), applicant.name) for f in NAMES if applicant.name and (name := sure(paper, f)))


def _of(name: str, applicant: str) -> bool:
    """Whether a name is the applicant's, or that of its branch."""
    theirs, ours = folded(name), folded(applicant)
    return theirs == ours or (theirs.startswith(ours) and theirs.endswith(BRANCHES))


def as_at(paper: DocumentReading) -> str | None:
    """The day (``YYYY-MM-DD``) as at which a registry paper speaks; None for other papers and where it is not sure."""
    if paper.kind not in REGISTRY:
        return None
    days = [str(v) for f in DATED if (v := sure(paper, f))]
    return max(days, default=None)
