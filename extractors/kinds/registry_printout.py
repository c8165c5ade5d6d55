"""商工登記公示資料查詢列印: a print-out of the public register of companies and businesses."""

from __future__ import annotations

from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._shared import ADDRESS_LABELS, codes_complete, codes_of, in_order, ubn_form
from extractors.readers.ink import Paper
from extractors.readers.places import Beside
from extractors.readers.values import amount, day, entity, one_of, person, place, uniform_no

STATUSES = ("核准設立", "核准登記", "核准認許", "停業", "歇業", "解散", "撤銷", "廢止", "合併解散", "核准設立，但已命令解散", "破產",
            "停業核准", "設立", "歇業／撤銷")
PAID_IN = Beside(("實收資本額", "實收資本總額"), amount)
TOTAL = Beside(("資本總額",), amount)
CAPITAL = Beside(("資本額",), amount)


def _paid_in(paper: Paper) -> list[Draft]:
    """實收資本額; of a 有限公司 (which prints none) its 資本總額; of a business its 資本額."""
    drafts = [d for d in PAID_IN(paper) if d.value is not None]
    return drafts or (TOTAL(paper) if not _by_shares(paper) else PAID_IN(paper)) or CAPITAL(paper)


def _authorized(paper: Paper) -> list[Draft]:
    return TOTAL(paper)


def _by_shares(paper: Paper) -> bool:
    return "股份有限公司" in paper.text


def plausible(sketch: Sketch) -> None:
    """Paid-in capital is not above the authorized."""
    paid, total = sketch.number("fin.paid_in_capital"), sketch.number("fin.authorized_capital")
    if paid and total and paid > total:
        sketch.doubt("實收資本額大於資本總額", "fin.paid_in_capital", "fin.authorized_capital")
    if sketch.text("org.status"):
        sketch.vouch("closed-list", "org.status")


KIND = Kind(
    id="registry_printout",
    name="商工登記公示資料",
    titles=("商工登記公示資料查詢服務", "公司登記公示資料", "公司基本資料", "商業登記基本資料", "商業基本資料", "登記公示資料查詢",
            "工商登記公示資料"),
    labels=("登記現況", "股權狀況", "公司狀況", "資本總額", "實收資本額", "代表人姓名", "公司所在地", "登記機關", "核准設立日期",
            "最後核准變更日期", "所營事業資料",
            "組織類型", "商業名稱", "最近異動日期"),
    fields={
        "org.uniform_no": (Beside(("商業統一編號", "統一編號"), uniform_no, whole=True),),
        "org.name": (Beside(("公司名稱", "商業名稱"), entity, whole=True),),
        "org.registered_address": (Beside(("公司所在地", "商業所在地", *ADDRESS_LABELS), place, whole=True),),
        "org.responsible_person": (Beside(("代表人姓名", "負責人姓名", "代表人", "負責人"), person),),
        "fin.authorized_capital": (_authorized,),
        "fin.paid_in_capital": (_paid_in,),
        "org.founding_date": (Beside(("核准設立日期", "設立日期"), day),),
        "org.last_change_date": (Beside(("最後核准變更日期", "最近異動日期", "最後異動日期", "最近變更日期"), day),),
        "org.status": (Beside(("登記現況", "公司狀況", "登記狀況"), one_of(*STATUSES)),),
        "org.business_items": (codes_of,),
    },
    checks=(plausible, codes_complete, ubn_form("org.uniform_no"), in_order("org.founding_date", "org.last_change_date",
                                                                            "設立日期晚於變更日期")),
    against=("商業登記抄本", "主旨", "發文字號"),
    several=True,
    first_page=("統一編號", "登記現況"),
)
