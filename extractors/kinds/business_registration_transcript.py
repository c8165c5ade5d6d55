"""商業登記抄本: what the register says of a sole proprietorship or partnership (商業登記法第 9、26 條)."""

from __future__ import annotations

import re

from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._shared import (
    ADDRESS_LABELS,
    CHANGED,
    FOUNDED,
    LONE_ADDRESS,
    LONE_NAME,
    SAID_CHANGED,
    SAID_FOUNDED,
    both_written,
    codes_complete,
    codes_of,
    in_order,
    number,
    ubn_form,
)
from extractors.readers.addresses import address_goes_on, place
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import hits
from extractors.readers.places import Beside, Only, around, in_turn
from extractors.readers.values import amount, day, entity, one_of, person

SHARE = Beside(("出資額",), amount)


ORGANIZATION = around(("組織類型", "組織型態", "組織種類", "組織方式", "企業組織", "組織別", "組織"), one_of("獨資", "合夥"))


def _partners(paper: Paper) -> list[Draft]:
    """A business of which the transcript lists 合夥人 is a partnership."""
    return [Draft("合夥", hit.inks[0]) for s in paper.sheets for hit in hits(s, "合夥人")
            if hit.after is None or person(hit.after)][:1]


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
    if any(d.value is not None for d in ORGANIZATION(sketch.paper)):
        sketch.vouch("closed-list", "org.organization_type")
    elif any(d.value is not None for d in drafts):
        sketch.doubt("組織類型看不清楚，因列有合夥人而推定為合夥", "org.organization_type")


KIND = Kind(
    id="business_registration_transcript",
    name="商業登記抄本",
    titles=("商業登記抄本", "商業登記資料抄本", "商業登記證明書", "商業登記事項證明", "商業登記謄本", "商業登記資料"),
    labels=("商業統一編號", "商業名稱", "登記現況", "組織類型", "資本額", "負責人姓名", "出資額", "登記機關", "核准設立日期",
            "最近異動日期", "營業項目", "合夥人"),
    fields={
        "org.uniform_no": (number("商業統一編號", "營利事業統一編號"),),
        "org.name": (in_turn(around(("商業名稱", "商號名稱", "商業登記名稱", "行號名稱", "商號", "名稱"), entity), LONE_NAME),),
        "org.registered_address": (in_turn(around(("商業所在地", *ADDRESS_LABELS), place, tail=address_goes_on), LONE_ADDRESS),),
        "org.responsible_person": (around(("負責人姓名", "商業負責人", "負責人", "代表人"), person, whole=False),),
        "fin.paid_in_capital": (around(("登記資本額", "資本總額", "資本金額", "資本額"), amount),),
        "org.founding_date": (in_turn(SAID_FOUNDED, around(FOUNDED, day)),),
        "org.last_change_date": (in_turn(SAID_CHANGED, around(CHANGED, day)),),
        "org.organization_type": (in_turn(ORGANIZATION, _partners, Only(one_of("獨資", "合夥"))),),
        "org.business_items": (codes_of,),
    },
    checks=(contributions, codes_complete, closed_list, ubn_form("org.uniform_no"), in_order("org.founding_date", "org.last_change_date",
                                                                             "設立日期晚於異動日期")),
    against=("主旨", "公示資料查詢", "發文字號"),
    several=True,
    first_page=("商業統一編號", "商業名稱", "登記現況", "組織類型"),
)
