"""商工登記公示資料查詢列印: a print-out of the public register of companies and businesses."""

from __future__ import annotations

from domain.document import OCR
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._codes import codes_complete, codes_of
from extractors.kinds._lost_labels import capital_of_shares, date_in_order
from extractors.kinds._shared import (
    ADDRESS_LABELS,
    LONE_ADDRESS,
    LONE_NAME,
    SAID_CHANGED,
    SAID_FOUNDED,
    changed,
    founded,
    in_order,
    number,
    ubn_form,
)
from extractors.kinds._wraps import person_whole
from extractors.readers import families
from extractors.readers.addresses import address_goes_on, place
from extractors.readers.ink import Ink, Paper
from extractors.readers.labels import distance
from extractors.readers.names import entity, name_goes_on, person
from extractors.readers.places import After, Only, around, in_turn
from extractors.readers.values import Found, amount, day, one_of
from extractors.readers.wording import Worded

STATUSES = ("核准設立", "核准登記", "核准認許", "停業", "歇業", "解散", "撤銷", "廢止", "合併解散", "核准設立，但已命令解散", "破產",
            "停業核准", "設立", "歇業／撤銷")
PERSON_LABELS = ("代表人姓名", "代表人名稱", "負責人姓名", "公司負責人", "代表人", "負責人")
PAID_IN = or_else(around(("實收資本額", "實收資本總額", "已繳資本額", "實收資本", "實收股本"), amount), Worded(families.PAID_IN, amount))
TOTAL = or_else(around(("資本總額", "章定資本總額", "章定資本額", "登記資本總額", "額定資本總額", "額定資本額"), amount),
                Worded(families.AUTHORIZED, amount))
NAME = in_turn(or_else(around(("公司名稱", "商業名稱", "商號名稱"), entity, tail=name_goes_on),
                       Worded(families.NAME, entity, tail=name_goes_on)), After("^.{0,3}名稱", entity), LONE_NAME)
CAPITAL = or_else(around(("登記資本額", "資本額", "資本額(元)"), amount), Worded(families.CAPITAL, amount))


def _status_alone(ink: Ink) -> Found | None:
    """A status that a stretch says and nothing else, as beside a firm's name on a card."""
    found = one_of(*STATUSES[:8])(ink)
    if found is None and ink.source == OCR and len(ink.text) == 4:
        near = [s for s in STATUSES[:3] if distance(s, ink.text, 1) <= 1]
        return Found(near[0], 0, 4) if near else None
    return found if found and found.value == ink.text.strip() else None


def _paid_in(paper: Paper) -> list[Draft]:
    """實收資本額; of a 有限公司 (which prints none) its 資本總額; of a business its 資本額."""
    drafts = [d for d in PAID_IN(paper) if d.value is not None]
    drafts = drafts or [*(TOTAL(paper) if not _by_shares(paper) else PAID_IN(paper))] or [*CAPITAL(paper)]
    return drafts or After(r"^.{0,4}本.{0,2}[(（]元", amount)(paper) or [*capital_of_shares(1)(paper)]


def _authorized(paper: Paper) -> list[Draft]:
    """資本總額, where 實收資本額 is printed beside it; alone it is the paid-in capital of a 有限公司."""
    if not _by_shares(paper) and not any(d.value is not None for d in PAID_IN(paper)):
        return []
    return [*TOTAL(paper)] or [*capital_of_shares(0)(paper)]


def _by_shares(paper: Paper) -> bool:
    """Whether the company is one by shares, by its own name; another firm on the paper, such as a member, may be one."""
    names = [str(d.value) for d in NAME(paper) if d.value is not None and d.firm]
    return "股份有限公司" in (names[0] if names and "有限公司" in names[0] else paper.text)


def plausible(sketch: Sketch) -> None:
    """Paid-in capital is not above the authorized."""
    paid, total = sketch.number("fin.paid_in_capital"), sketch.number("fin.authorized_capital")
    if paid and total and paid > total:
        sketch.doubt("實收資本額大於資本總額", "fin.paid_in_capital", "fin.authorized_capital")
    if (said := sketch.text("org.status")) and any(said in d.ink.text for d in sketch.drafts["org.status"]):
        sketch.vouch("closed-list", "org.status")


KIND = Kind(
    id="registry_printout",
    name="商工登記公示資料",
    titles=("商工登記公示資料查詢服務", "商工登記公示資料", "商工登記公示資", "工商登記公示資料", "公司登記公示資料", "登記公示資料查詢",
            "公司基本資料",
            "商業登記基本資料", "商業基本資料", "公司登記基本資料", "公司登記查詢結果", "商業登記查詢結果", "公司登記資料查詢",
            "商業登記資料查詢"),
    labels=("登記現況", "股權狀況", "公司狀況", "資本總額", "實收資本額", "代表人姓名", "公司所在地", "登記機關", "核准設立日期",
            "最後核准變更日期", "所營事業資料",
            "組織類型", "商業名稱", "最近異動日期", "公司狀態", "登記狀態", "章定資本額"),
    fields={
        "org.uniform_no": (number("商業統一編號", "公司統一編號"),),
        "org.name": (NAME,),
        "org.registered_address": (in_turn(or_else(around(("公司所在地", "商業所在地", *ADDRESS_LABELS), place, tail=address_goes_on),
                                                   Worded(families.ADDRESS, place, tail=address_goes_on)), LONE_ADDRESS),),
        "org.responsible_person": (in_turn(or_else(around(PERSON_LABELS, person, whole=False),
                                                   Worded(families.PERSON, person, whole=False)),
                                           After("^.{0,3}人.名", person)),),
        "fin.authorized_capital": (_authorized,),
        "fin.paid_in_capital": (_paid_in,),
        "org.founding_date": (or_else(in_turn(SAID_FOUNDED, founded, After("^核准(?!.{0,3}變).{0,3}日期", day)),
                                      date_in_order(0, changed)),),
        "org.last_change_date": (or_else(in_turn(SAID_CHANGED, changed), date_in_order(1, founded)),),
        "org.status": (around(("登記現況", "公司狀況", "登記狀況", "商業狀況", "公司登記現況", "公司狀態", "登記狀態", "商業狀態", "現況",
                               "狀態"), one_of(*STATUSES)), Worded(families.STATUS, one_of(*STATUSES)),
                       Only(_status_alone, pages=1)),
        "org.business_items": (codes_of,),
    },
    checks=(plausible, codes_complete, person_whole, ubn_form("org.uniform_no"), in_order("org.founding_date", "org.last_change_date",
                                                                            "設立日期晚於變更日期")),
    against=("商業登記抄本", "主旨", "發文字號"),
    several=True,
    first_page=("統一編號", "登記現況"),
)
