"""商工登記公示資料, companies: 公司登記基本資料 (應用一) of 經濟部商工行政資料開放平臺."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.registers import gcis
from intake.registers.fetch import Fetch
from intake.registers.register import FOUND, Said, Subject

DATASET = "5F64D864-61CB-4D0D-8AD9-492047CC1EA6"
FIELDS = {
    "org.name": ("Company_Name", "text"), "org.status": ("Company_Status_Desc", "text"),
    "fin.authorized_capital": ("Capital_Stock_Amount", "money"), "fin.paid_in_capital": ("Paid_In_Capital_Amount", "money"),
    "org.registered_address": ("Company_Location", "text"), "org.founding_date": ("Company_Setup_Date", "day"),
    # the register's own spelling
    "org.last_change_date": ("Change_Of_Approval_Data", "day"), "org.responsible_person": ("Responsible_Name", "person"),
}


@dataclass(frozen=True)
class Companies:
    id: str = "gcis-company"
    name: str = "商工登記公示資料（公司）"
    answers: tuple[str, ...] = (*FIELDS, "org.registration_kind")
    page: str = "https://findbiz.nat.gov.tw/"
    look_for: str = "以統一編號查公司基本資料，對照名稱、登記現況、實收資本額、所在地、核准設立與最後變更日期"

    def ask(self, subject: Subject, base: str, fetch: Fetch) -> Said:
        reply = gcis.ask(base, DATASET, f"Business_Accounting_NO eq {subject.number}", fetch)
        said = gcis.of(reply, subject.number, "Business_Accounting_NO", "Change_Of_Approval_Data", FIELDS)
        return replace(said, facts={**said.facts, "org.registration_kind": "company"}) if said.status == FOUND else said


REGISTER = Companies()
