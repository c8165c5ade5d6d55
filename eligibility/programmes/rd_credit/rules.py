"""資格 and 支出項目 (辦法 第二條 to 第八條): which company, which spending. Amounts in 元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.paper import Paper, there
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.sme import Firm, Limits, is_small
from eligibility.words import yuan

Rows = Sequence[Mapping[str, Any]]

OWN_KINDS = ("薪資", "消耗性器材原料樣品", "專利權專用技術著作權", "資料庫軟體系統")
OTHER_KINDS = ("委外", "共同")


def company_sme(
    sme_amended: str,
    v98_max_paid_in_capital: int,
    v98_capital_headcount_under: int,
    v98_max_revenue: int,
    v98_revenue_headcount_under: int,
    v109_max_paid_in_capital: int,
    v109_headcount_under: int,
    org__registration_kind: str | None = None,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
    day: date | None = None,
) -> Answer:
    """A company, and small under article 2 itself: those deemed small by article 6 are not."""
    if org__registration_kind in ("business", "licensed"):
        return failed("不是公司登記；獨資、合夥等事業不適用。", "辦理公司登記後才符合。")
    answer = is_small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(v98_max_paid_in_capital, v98_capital_headcount_under, v98_max_revenue, v98_revenue_headcount_under),
        Limits(v109_max_paid_in_capital, v109_headcount_under),
        date.fromisoformat(sme_amended),
        day,
    )
    if answer.outcome == "pass" and org__registration_kind is None:
        return needs("規模合於標準，還不知道是不是公司登記。", "org.registration_kind")
    return answer


def no_major_violation(cmp__major_env_labor_food_3y: bool) -> Answer:
    """A penalty for a major violation is enough; it need not be final."""
    if cmp__major_env_labor_food_3y:
        return failed("最近三年違反環境保護、勞工或食品安全衛生相關法律且情節重大，經裁罰即不得申請。", "超過三年後才符合。")
    return passed("最近三年沒有情節重大的環保、勞工或食安違反。")


def activity(rd__activity_description: str) -> Answer:
    """Whether it is innovative is the authority's to say; improving what exists is excluded."""
    return undetermined(f"研究發展活動說明已附（{len(rd__activity_description)} 字）；是否具備一定創新程度由中央目的事業主管機關認定。")


def expense_types(rd__expenses: Rows) -> Answer:
    """Four classes of one's own spending; databases, software and systems need recognition. Outsourced and joint spending: article 6."""
    strange = sorted({str(r.get("kind")) for r in rd__expenses if r.get("kind") not in (*OWN_KINDS, *OTHER_KINDS, None)})
    if strange:
        return failed(f"「{'、'.join(strange)}」不是可列的研究發展支出。", "剔除不在四類的支出。")
    if any(r.get("kind") is None or r.get("amount") is None for r in rd__expenses) or not rd__expenses:
        return needs("研究發展支出明細的類別或金額不完整。", "rd.expenses")
    special = [r for r in rd__expenses if r["kind"] == "資料庫軟體系統"]
    if any(r.get("approved") is False for r in special):
        return failed("資料庫、軟體程式及系統的費用沒有經專案認定。", "向中央目的事業主管機關申請專案認定，或剔除這些支出。")
    if any(r.get("approved") is None for r in special):
        return needs("資料庫、軟體程式及系統的費用，還不知道是否經專案認定。", "rd.expenses")
    total = sum(r["amount"] for r in rd__expenses if r["kind"] in OWN_KINDS)
    return passed(f"四類支出合計 {yuan(total)}；其中專用技術須經專案認定。", total)


def no_rd_unit(rd__has_unit: bool, doc__rd_staff_evidence: Paper | None = None) -> Answer:
    """Without a unit, full-time staff elsewhere count when clearly separated and evidenced."""
    if rd__has_unit:
        return not_applicable("設有研究發展單位。")
    if there(doc__rd_staff_evidence):
        return passed("沒有研究發展單位，但已附全職研究發展人員的工作內容與時間紀錄。")
    return needs("沒有研究發展單位，還缺全職研究發展人員的工作內容、活動與時間紀錄。", "doc.rd_staff_evidence")


def outsourcing(rd__expenses: Rows) -> Answer:
    """Part of a project, in three classes; joint research only when recognised."""
    rows = [r for r in rd__expenses if r.get("kind") in OTHER_KINDS]
    if not rows:
        return not_applicable("沒有委外或共同研究發展的支出。")
    joint = [r for r in rows if r["kind"] == "共同"]
    if any(r.get("approved") is False for r in joint):
        return failed("共同研究發展的支出沒有經專案認定。", "向中央目的事業主管機關申請專案認定。")
    if all(r.get("kind") in OTHER_KINDS for r in rd__expenses):
        return undetermined("支出全部是委外或共同研究，應以建立自主研發能力為原則，由主管機關認定。")
    if all(r.get("approved") for r in rows):
        return passed("委外與共同研究的支出都經認定。")
    if any(r.get("approved") is None for r in rows):
        return needs("委外或共同研究的支出，還不知道屬哪一類、是否經專案認定。", "rd.expenses")
    return undetermined("委外支出沒有經專案認定；委託國內大專校院或研究機構者不須認定，由主管機關認定類別。")


def own_use(rd__results_used_by_others: bool, rd__royalty_charged: bool | None = None) -> Answer:
    """For one's own use, or others pay a reasonable royalty."""
    if not rd__results_used_by_others:
        return passed("研究發展成果專供自行使用。")
    if rd__royalty_charged is None:
        return needs("成果供他人使用，還不知道有沒有收取合理之權利金。", "rd.royalty_charged")
    if rd__royalty_charged:
        return passed("成果供他人使用，已取得合理之權利金。")
    return failed("成果供他人使用，沒有取得合理之權利金或報酬。", "收取合理之權利金或其他合理之報酬。")


def special_recognition(rd__expenses: Rows) -> Answer:
    """Later application within the years of amortisation; the rule on the deadline is not in the document."""
    if not any(r.get("kind") in ("專利權專用技術著作權", "共同") for r in rd__expenses):
        return not_applicable("沒有專用技術或共同研究的支出。")
    return undetermined("專用技術或共同研究的支出須專案認定；屆期未申請者得於攤折年限內提出，期限條文缺漏，由主管機關認定。")


def institution_definition() -> Answer:
    """Which institutions count for outsourcing."""
    kinds = ["政府之研究機構", "評鑑合格之教學醫院", "以研究為主要目的之財團法人、社團法人及其所屬研究機構"]
    return valued(kinds, "可委託的研究機構包括政府研究機構、評鑑合格教學醫院與登記有案的研究法人。")


def no_double_count_contractor(rd__expenses: Rows) -> Answer:
    """A certified contractor may not claim the same spending."""
    if not any(r.get("kind") == "委外" for r in rd__expenses):
        return not_applicable("沒有委外研究的支出。")
    return undetermined("經認定之國內醫藥研發服務業者，受託研究的支出不得再適用；委外對象是否屬之由主管機關認定。")
