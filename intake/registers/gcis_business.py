"""商工登記公示資料, businesses: 商業登記基本資料 (應用一), which asks for the registering office as well; another data set tells it.

A business that moved between counties has a row at each office: the one that changed last counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.vocabulary import term
from intake.registers import gcis
from intake.registers.fetch import Fetch
from intake.registers.register import FOUND, NONE, Said, Subject

DATASET, OFFICES = "7E6AFA72-AD6A-46D3-8681-ED77951D912D", "426D5542-5F05-43EB-83F9-F1300F14E1F1"
FIELDS = {
    "org.name": ("Business_Name", "text"), "org.status": ("Business_Current_Status_Desc", "text"),
    "fin.paid_in_capital": ("Business_Register_Funds", "money"), "org.registered_address": ("Business_Address", "text"),
    "org.organization_type": ("Business_Organization_Type_Desc", "text"),
    "org.founding_date": ("Business_Setup_Approve_Date", "day"), "org.last_change_date": ("Business_Last_Change_Date", "day"),
    "org.responsible_person": ("Responsible_Name", "person"),
}


@dataclass(frozen=True)
class Businesses:
    id: str = "gcis-business"
    name: str = "商工登記公示資料（商業）"
    answers: tuple[str, ...] = (*FIELDS, "org.registration_kind")
    page: str = "https://findbiz.nat.gov.tw/"
    look_for: str = "以統一編號查商業基本資料，對照名稱、登記現況、資本額、組織類型、地址、核准設立與最近異動日期"

    def ask(self, subject: Subject, base: str, fetch: Fetch) -> Said:
        offices = [subject.agency]
        if not subject.agency:
            told = gcis.ask(base, OFFICES, f"President_No eq {subject.number}", fetch)
            if told.instead:
                return told.instead
            offices = list(dict.fromkeys(str(r["Agency"]) for r in told.rows if r.get("Agency")))
            if not offices:
                return told.useless("回覆裡沒有登記機關")
        replies = [gcis.ask(base, DATASET, f"President_No eq {subject.number} and Agency eq {office}", fetch) for office in offices]
        said = gcis.of(_joined(replies), subject.number, "President_No", "Business_Last_Change_Date", FIELDS)
        if said.status != FOUND:
            return said
        known = {k: v for k, v in said.facts.items() if k != "org.organization_type" or v in term(k).choices}
        return replace(said, facts={**known, "org.registration_kind": "business"})


def _joined(replies: Sequence[gcis.Reply]) -> gcis.Reply:
    """The replies of several offices as one. An office that could not be asked spoils the whole: its row may be the latest."""
    spoilt = next((r for r in replies if r.instead and r.instead.status != NONE), None)
    rows = tuple(row for r in replies for row in r.rows)
    instead = spoilt.instead if spoilt else None if rows else replies[0].instead
    return gcis.Reply(rows, "\n".join(r.raw for r in replies), replies[0].url, instead)


REGISTER = Businesses()
