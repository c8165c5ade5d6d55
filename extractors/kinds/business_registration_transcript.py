"""商業登記抄本: what the register says of a sole proprietorship or partnership (商業登記法第 9、26 條)."""

from __future__ import annotations

import re

from domain.document import OCR
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._codes import codes_complete, codes_of
from extractors.kinds._entries import CHANGED, FOUNDED, entered
from extractors.kinds._lost_labels import date_in_order
from extractors.kinds._shared import (
    ADDRESS_LABELS,
    LONE_ADDRESS,
    LONE_NAME,
    SAID_CHANGED,
    SAID_FOUNDED,
    both_written,
    changed,
    founded,
    in_order,
    number,
    ubn_form,
)
from extractors.kinds._wraps import person_whole
from extractors.readers import families
from extractors.readers.addresses import address_goes_on, place
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import hits
from extractors.readers.names import entity, name_goes_on, person
from extractors.readers.places import Beside, Only, Running, around, in_turn
from extractors.readers.values import Found, amount, day, one_of
from extractors.readers.wording import Worded

SHARE = Beside(("出資額",), amount)


def organization(ink: Ink) -> Found | None:
    """獨資 or 合夥, also where an engine misread the second sign: no other word of the two begins so."""
    if found := one_of("獨資", "合夥")(ink):
        return found
    m = re.fullmatch(r"(獨|合)[\u4e00-\u9fff]", ink.text) if ink.source == OCR else None
    return Found("獨資" if m[1] == "獨" else "合夥", 0, 2) if m else None


ORGANIZATION = or_else(around(("組織類型", "組織型態", "組織種類", "組織方式", "企業組織", "組織別", "組織"), organization),
                       Worded(families.ORGANIZATION, organization))


_DAY = r"(?:中華民國|民國)?[0-9零〇○一二三四五六七八九十百]{1,5}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
SAID_NAME = Running(r"(?:查|茲證明|茲有|證明)(?!下列)(?:商號|商業)?(?:名稱)?「?([\u4e00-\u9fff]{2,24}?)」?[,，]?"
                    r"(?:[(（](?:商業)?統一?編號?[:：]?[0-9]|係(?:獨資|合夥))", entity)
SAID_ORGANIZATION = Running(r"(?:係|為|屬)(獨資|合夥)(?:商業|組織|經營|設立|之)", one_of("獨資", "合夥"))
SAID_PERSON = Running(r"(?:[,，。;；]|(?<![一二三四五六七八九十壹貳參肆伍陸柒捌玖拾])、)"
                      r"負責人(?:姓名)?(?:為|係|是)?[:：]?([\u4e00-\u9fff·‧]{2,6}?)(?:君|先生|女士)?[,，、。;；(（]", person)
SAID_CAPITAL = Running(r"資本額(?:為|計)?(?:新[臺台]幣|NT\$)"
                       r"([0-9]{1,3}(?:,[0-9]{3})+元|[0-9]+元|[零壹貳參肆伍陸柒捌玖拾佰仟萬億]+元)整?[,，。;；]", amount)
SAID_ADDRESS = Running(r"(?:設於|設在|所在地(?:為|設於|在))[:：]?([\u4e00-\u9fff]{2}[縣市].{4,44}?)[,，。;；]", place)
TOLD_FOUNDED = Running(rf"({_DAY})(?:經|業經)?(?:本[府局處])?核准(?:設立|登記)(?!(?:登記)?(?:之?日|年月|文號|機關))", day)
TOLD_CHANGED = Running(rf"(?:最近一次變更(?:登記)?|最後(?:一次)?變更(?:登記)?|最近變更(?:登記)?)(?:日期)?(?:為|於|係)?({_DAY})", day)
"""What a certificate says in running text."""


def _alone(ink: Ink) -> Found | None:
    """獨資 or 合夥 that a stretch says and nothing else."""
    return Found(ink.text, 0, 2) if ink.text in ("獨資", "合夥") else None


def _partners(paper: Paper) -> list[Draft]:
    """A business of which the transcript lists 合夥人 is a partnership."""
    return [Draft("合夥", hit.inks[0]) for s in paper.sheets for hit in hits(s, "合夥人")
            if hit.after is None or person(hit.after)][:1]


_NAMED = around(("負責人姓名",), person, whole=False)
_RESPONSIBLE = around(("負責人姓名", "商業負責人", "負責人", "代表人"), person, whole=False)


def _responsible(paper: Paper) -> list[Draft]:
    """The responsible person, first where his name has its field: a list of who put in what calls him 負責人 too."""
    own = [d for d in _NAMED(paper) if d.value is not None]
    return [*own, *(d for d in _RESPONSIBLE(paper) if not any(d.ink.box == o.ink.box for o in own))]


def contributions(sketch: Sketch) -> None:
    """What the partners (or the owner) put in adds up to the capital."""
    capital = sketch.number("fin.paid_in_capital")
    parts = [d.value for d in SHARE(sketch.paper) if isinstance(d.value, int)]
    if capital and parts and capital in (sum(parts), parts[0] if len(parts) == 1 else -1):
        sketch.vouch("check:contributions", "fin.paid_in_capital")
    people = [v for s in sketch.paper.sheets for i in s.inks if (v := _put_in(s, i)) is not None]
    if capital and people and sum(people) == capital:
        sketch.vouch("check:contributions", "fin.paid_in_capital")
    both_written(sketch, "fin.paid_in_capital")


_IDENTITY = re.compile(r"(?<![A-Z])[A-Z][0-9*＊○xX]{9}")


def _put_in(sheet: Sheet, ink: Ink) -> int | None:
    """What the person puts in whose number the ink bears: the amount behind it in its row."""
    m = _IDENTITY.search(ink.text)
    if m is None:
        return None
    own = ink.part(m.end(), len(ink.text)) if ink.text[m.end():].strip() else None
    right = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right - 0.002]
    found = next((f for i in (*((own,) if own else ()), *right) if (f := amount(i))), None)
    return found.value if found and isinstance(found.value, int) else None


def closed_list(sketch: Sketch) -> None:
    drafts = sketch.drafts.get("org.organization_type", [])
    if any(d.value is not None and str(d.value) not in d.ink.text for d in drafts[:1]):
        sketch.doubt("組織類型有字看不清楚，請核對", "org.organization_type")
        return
    if any(d.value is not None for reader in (ORGANIZATION, SAID_ORGANIZATION) for d in reader(sketch.paper)):
        sketch.vouch("closed-list", "org.organization_type")
    elif any(d.value is not None for d in drafts):
        guessed = any(d.ink.text == d.value for d in drafts[:1])
        sketch.doubt("組織類型的欄名看不清楚，請核對" if guessed else "組織類型看不清楚，因列有合夥人而推定為合夥", "org.organization_type")


KIND = Kind(
    id="business_registration_transcript",
    name="商業登記抄本",
    titles=("商業登記抄本", "商業登記資料抄本", "商業登記證明書", "商業登記事項證明", "商業登記謄本", "商業登記資料"),
    labels=("商業統一編號", "商業名稱", "登記現況", "組織類型", "資本額", "負責人姓名", "出資額", "登記機關", "核准設立日期",
            "最近異動日期", "營業項目", "合夥人"),
    fields={
        "org.uniform_no": (number("商業統一編號", "營利事業統一編號"),),
        "org.name": (in_turn(SAID_NAME, or_else(around(("商業名稱", "商號名稱", "商業登記名稱", "行號名稱", "商號", "名稱"), entity,
                                                       tail=name_goes_on),
                                                Worded(families.NAME, entity, tail=name_goes_on)), LONE_NAME),),
        "org.registered_address": (in_turn(SAID_ADDRESS, or_else(
            around(("商業所在地", *ADDRESS_LABELS), place, tail=address_goes_on), Worded(families.ADDRESS, place, tail=address_goes_on)),
            LONE_ADDRESS),),
        "org.responsible_person": (in_turn(SAID_PERSON, or_else(_responsible, Worded(families.PERSON, person, whole=False))),),
        "fin.paid_in_capital": (in_turn(SAID_CAPITAL, or_else(
            around(("登記資本額", "資本總額", "資本金額", "資本額", "資本額(元)"), amount), Worded(families.CAPITAL, amount))),),
        "org.founding_date": (or_else(in_turn(entered(FOUNDED), SAID_FOUNDED, TOLD_FOUNDED, founded), date_in_order(0, changed)),),
        "org.last_change_date": (or_else(in_turn(entered(CHANGED), SAID_CHANGED, TOLD_CHANGED, changed), date_in_order(1, founded)),),
        "org.organization_type": (in_turn(ORGANIZATION, SAID_ORGANIZATION, Only(_alone), _partners, Only(one_of("獨資", "合夥"))),),
        "org.business_items": (codes_of,),
    },
    checks=(contributions, codes_complete, closed_list, person_whole, ubn_form("org.uniform_no"),
            in_order("org.founding_date", "org.last_change_date", "設立日期晚於異動日期")),
    against=("主旨", "公示資料查詢", "發文字號"),
    several=True,
    first_page=("商業統一編號", "商業名稱", "登記現況", "組織類型"),
)
