"""公司設立登記表・公司變更登記表 of 股份有限公司 and 有限公司 (公司登記辦法), editions before and after 2018-11-01.

Three pages as a rule: facts, business items, directors. Labels are matched by their words, never by their numeral: the numerals
differ between editions. A 有限公司 has no 實收資本總額: its 資本總額 is its paid-in capital.
"""

from __future__ import annotations

import re
from dataclasses import replace

from domain.document import OCR
from domain.field import Value
from domain.taiwan import ubn
from extractors.kind import Draft, Kind, Reader, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._codes import codes_complete, codes_of
from extractors.kinds._places import under_units
from extractors.kinds._shared import both_written, company, first_amount, ubn_form, year_of_letter
from extractors.kinds._wraps import person_whole
from extractors.readers import families
from extractors.readers.addresses import address_goes_on, place
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import distance, hits
from extractors.readers.letters import letter_no, number_goes_on
from extractors.readers.names import company_goes_on, person
from extractors.readers.places import Below, Beside, InTable, Matching, Only, around, clearest, in_turn
from extractors.readers.values import Found, Parser, amount, day, one_of, uniform_no
from extractors.readers.wording import Worded, labels_of

TITLES = ("股份有限公司設立登記表", "股份有限公司變更登記表", "有限公司設立登記表", "有限公司變更登記表", "公司設立登記表",
          "公司變更登記表", "設立登記表", "變更登記表")
PAID_IN = or_else(around(("變更後實收資本總額", "實收資本總額", "實收資本額"), amount, whole=False),
                  Worded(families.PAID_IN, amount, whole=False))
AUTHORIZED = or_else(around(("變更後資本總額", "資本總額", "章定資本總額"), amount, whole=False),
                     Worded(families.AUTHORIZED, amount, whole=False))
PAR = around(("每股金額",), amount, whole=False)


def _shares(ink: Ink) -> Found | None:
    """A number of shares: 3,000,000 股."""
    text = ink.text.replace("股", "")
    return amount(Ink(text, ink.boxes[:len(text)], ink.page)) if "股" in ink.text and text else amount(ink)


TOTAL_SHARES = around(("股份總數",), _shares, whole=False)
ORDINARY = Beside(("普通股",), _shares)
PREFERRED = Beside(("特別股",), _shares)


def is_limited(paper: Paper) -> bool:
    """Whether the form is a 有限公司's: it prints no 實收資本, and its own name, else all of it, does not say 股份有限公司. Another firm, a
    member or one that it took in, may be a 股份有限公司."""
    if "實收資本" in paper.text:
        return False
    names = [str(d.value) for d in in_turn(*NAME)(paper) if d.value is not None and d.firm]
    said = names[0] if names and "有限公司" in names[0] else paper.text.replace("閉鎖性股份有限公司", "")
    return "股份有限公司" not in said


def _paid_in(paper: Paper) -> list[Draft]:
    drafts = [*under_units("變更後實收資本總額", "實收資本總額", "實收資本額")(paper)] or [*PAID_IN(paper)]
    if drafts:
        return _or_product(drafts, paper, ORDINARY, PREFERRED)
    return [*_authorized(paper)] if is_limited(paper) else _of_shares(paper)


def _authorized(paper: Paper) -> list[Draft]:
    labels = ("變更後資本總額", "資本總額", "章定資本總額", *labels_of(paper.sheets, families.AUTHORIZED))
    drafts = [*under_units(*labels)(paper)] or [*AUTHORIZED(paper)]
    return _or_product(drafts, paper, TOTAL_SHARES)


def _of_shares(paper: Paper) -> list[Draft]:
    """The amount on the first page that the shares issued make at their par value, where the words beside it cannot be read."""
    par, count = first_amount(paper, PAR), sum(first_amount(paper, r) or 0 for r in (ORDINARY, PREFERRED))
    spots = [(i, f) for i in paper.first.inks if par and count and (f := amount(i)) and f.value == par * count]
    return [Draft(f.value, i.part(f.start, f.end), amount) for i, f in spots[:1]]


LEGIBLE = 0.95
"""The engine's score from which an amount is believed against the product of shares and par value."""


def _or_product(drafts: list[Draft], paper: Paper, *shares: Reader) -> list[Draft]:
    """The drafts of a capital; where it is hardly legible and the shares times their par value come to nearly the same, that first."""
    par, count = first_amount(paper, PAR), sum(first_amount(paper, r) or 0 for r in shares)
    lead = next((d for d in drafts if d.value is not None), None)
    if not drafts or not par or not count or (lead and (lead.value == par * count or lead.ink.confidence >= LEGIBLE)):
        return drafts
    if lead and distance(str(lead.value), str(par * count), 3) > 3:
        return drafts
    return [Draft(par * count, drafts[0].ink, witness=PRODUCT), *drafts]


PRODUCT = "check:product"


def _chairman(paper: Paper) -> list[Draft]:
    """The name in the row of the 董事長, or of the first 董事, in the list of directors."""
    for title in ("董事長", "執行董事", "董事"):
        for sheet in paper.sheets:
            for ink in sheet.inks:
                if ink.text == title and (right := [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right]):
                    found = person(right[0])
                    return [Draft(found.value, right[0].part(found.start, found.end), person, firm=False)] if found else []
    return []


PERSON = or_else(around(("代表公司負責人", "代表人姓名", "代表人", "公司負責人", "代表公司之董事", "董事長姓名"), person, ("印章", "印"),
                        whole=False, pages=1), Worded(families.PERSON, person, whole=False, pages=1))


def _responsible(paper: Paper) -> list[Draft]:
    """Who represents the company, in the place that the form has for it, also where only the list of directors can be read."""
    first = next(iter(PERSON(paper)), None)
    drafts = clearest(PERSON, _chairman, unlike=0.7, below=0.75)(paper)
    lead = next((d for d in drafts if d.value is not None), None)
    if first is None or lead is None or lead.ink.page == first.ink.page:
        return [*drafts]
    return [replace(lead, ink=first.ink), *drafts]


def _valid(value: Value) -> bool:
    return isinstance(value, str) and ubn.is_valid(value)


NUMBER_IN_HEAD = Only(uniform_no, _valid, unless="電話|傳真|預查", pages=1)
"""The only number on the first page that holds its check, where its label cannot be read."""


def _headed(parse: Parser) -> Matching:
    return Matching(parse, near="登記表", firm=False)


def _form_kind(ink: Ink) -> Found | None:
    """設立 or 變更, from the words right before 登記表."""
    at = ink.text.find("登記表")
    found = one_of("設立", "變更")(ink.part(0, at)) if at > 0 else None
    return found if found and found.end == at else None


_HALF = re.compile(r"公司(設立|變更)登[記表]?$")


def _kind_half(paper: Paper) -> list[Draft]:
    """設立 or 變更 in a heading of which a copy lost a sign or two: 有限公司變更登表."""
    found = ((m, i) for i in paper.first.headings if i.source == OCR and i.box.top < 0.25 and (m := _HALF.search(i.text)))
    return [Draft(m[1], i.part(*m.span(1)), firm=False) for m, i in found][:1]


def _kind_apart(paper: Paper) -> list[Draft]:
    """設立 or 變更 in a heading set apart in its row (有限公司變 | 更登記表), or in the row right over a 登記表 that stands alone."""
    for sheet in paper.sheets:
        for last in (i for i in sheet.headings if "登記表".endswith("".join(i.text.split())[-3:])):
            high = [i for i in sheet.inks if abs(i.height / last.height - 1) < 0.4]
            row = [i for i in high if i.box.same_row(last.box) and i.box.right <= last.box.right]
            over = [i for i in high if i.box.same_column(last.box, 0.3) and 0 <= last.box.top - i.box.bottom < 1.5 * last.height]
            heading = Ink.joined(sorted(row, key=lambda i: i.box.left) or [last])
            for ink, after in ((last, ""), (heading, ""), *((i, "登記表") for i in over)):
                if m := re.search("(設立|變更)登記表$", "".join(ink.text.split()) + after):
                    return [Draft(m[1], ink, one_of("設立", "變更"))]
    return []


def _heading_name(ink: Ink) -> Found | None:
    """The company's name that heads the later pages: 雲山股份有限公司變更登記表."""
    for suffix in ("設立登記表", "變更登記表"):
        at = ink.text.find(suffix)
        if at > 0 and (found := company(ink.part(0, at))) and len(str(found.value)) > 6:
            return found
    return None


def _name_goes_on(text: str, later: str) -> bool:
    """Whether a line below goes on with the name; what stands before it may be 中文 misread."""
    return len(text) > 2 and company_goes_on(text, later)


NAME = (Beside(("中文",), company, whole=True, tail=_name_goes_on),
        Beside(("公司名稱",), company, skip=("中文", "外文", "（章程所訂）外文"), whole=True, tail=_name_goes_on),
        Below(("公司名稱",), company), Worded(families.NAME, company, tail=_name_goes_on))


APPROVAL = ("核准登記日期文號", "核准日期文號", "日期文號", "核准文號", "核准登記日期", "核准日期", "登記核准日期")


def _approval_no(paper: Paper) -> list[Draft]:
    """The number in the approval box, also where it is set on a second line or stamped elsewhere on the first page."""
    boxed = [d for d in Beside(APPROVAL, letter_no, pages=1, tail=number_goes_on)(paper) if d.value is not None]
    return boxed or Matching(letter_no, pages=1)(paper)


def _approval_date(paper: Paper) -> list[Draft]:
    """The date in the approval box; else the one that stands with the number; the stamp's date agrees or stands in."""
    stamp = Matching(day, near="核准|登記章", firm=False, pages=1)(paper)
    boxed = [d for d in Beside(APPROVAL, day, pages=1)(paper) if d.value is not None] or Matching(day, near="日.{0,3}[^日]{2,12}字第",
                                                                                                  pages=1, told=True)(paper)
    boxed = boxed or Matching(day, near="字第", pages=1)(paper)
    if not boxed and (numbers := _approval_no(paper)):
        boxed = [d for d in Matching(day, pages=1, most=20, told=True)(paper) if _close(d.ink, numbers[0].ink)
                 and not any(re.search("章程|任期|開業", i.text) for i in paper.first.row(d.ink.box))]
    return [*boxed, *stamp]


def _close(a: Ink, b: Ink) -> bool:
    """Whether a date stands right over or under a letter's number, or right before it in its row."""
    if a.box.same_row(b.box) and 0 <= b.box.left - a.box.right < 0.1:
        return True
    return abs(a.box.centre[1] - b.box.centre[1]) < 2.2 * b.height and a.box.same_column(b.box, 0.5)


def capital_adds_up(sketch: Sketch) -> None:
    """Shares times par is the capital; shares held and contributions add up to it; what is paid in is not above what is authorized."""
    paper = sketch.paper
    for name in ("fin.paid_in_capital", "fin.authorized_capital"):
        if any(d.witness == PRODUCT for d in sketch.drafts.get(name, ())):
            sketch.doubt("資本額看不清楚，由股數乘以每股金額推得", name)
    paid, authorized = sketch.number("fin.paid_in_capital"), sketch.number("fin.authorized_capital")
    par = first_amount(paper, PAR)
    issued = (first_amount(paper, ORDINARY) or 0) + (first_amount(paper, PREFERRED) or 0)
    total = first_amount(paper, TOTAL_SHARES)
    if paid and par and issued and par * issued == paid:
        sketch.vouch("check:shares-times-par", "fin.paid_in_capital")
    elif paid and par and issued:
        sketch.doubt("已發行股份乘以每股金額不等於實收資本總額", "fin.paid_in_capital")
    if authorized and par and total and par * total == authorized:
        sketch.vouch("check:shares-times-par", "fin.authorized_capital")
    if paid and authorized and paid > authorized:
        sketch.doubt("實收資本總額大於資本總額", "fin.paid_in_capital", "fin.authorized_capital")
        sketch.problems.append("實收資本總額大於資本總額。")
    held = [d.value for d in InTable(("持有股份", "出資額"), amount)(paper) if isinstance(d.value, int)]
    if paid and held and (sum(held) == paid or (par and sum(held) * par == paid)):
        sketch.vouch("check:holdings", "fin.paid_in_capital", *(("fin.authorized_capital",) if authorized == paid else ()))
    both_written(sketch, "fin.paid_in_capital", "fin.authorized_capital")


def is_copy(sketch: Sketch) -> None:
    """An excerpt (抄錄本) is a true copy, but personal data are blanked."""
    if any(hits(s, "抄錄本") for s in sketch.paper.sheets):
        sketch.problems.append("這份登記表是抄錄本。")


def kind_agrees(sketch: Sketch) -> None:
    """設立 or 變更 comes from a closed list of words far apart."""
    if sketch.text("reg.form_kind"):
        sketch.vouch("closed-list", "reg.form_kind")


_PARTS = re.compile(r"(?:[一二三四五六七八九十]{1,3}、)?(?:所營事業|董事.{0,4}(?:監察人|股東)名單|董事名單|經理人名單|所代表法人)"
                    r"(?:資料|[(].*)?")


def _goes_on(last: Sheet, sheet: Sheet) -> bool:
    """Whether a page is a later one of the form by its first line: one of the lists of which these pages are made."""
    top = min(sheet.inks, key=lambda i: i.box.top, default=None)
    return top is not None and top.box.top < 0.2 and _PARTS.fullmatch("".join(top.text.split())) is not None


KIND = Kind(
    id="company_registration_form",
    name="公司登記表",
    titles=TITLES,
    labels=("公司預查編號", "公司統一編號", "僑外投資事業", "代表公司負責人", "每股金額", "實收資本總額", "已發行股份總數",
            "董事人數任期", "公司章程", "股本明細", "資本明細", "核准登記日期文號", "公務記載蓋章欄", "所營事業", "營業項目說明",
            "持有股份", "經理人名單", "所代表法人", "董事、股東名單", "董事、監察人名單"),
    fields={
        "org.uniform_no": (in_turn(around(("公司統一編號", "統一編號", "統編"), uniform_no, pages=1), NUMBER_IN_HEAD),),
        "org.name": (in_turn(*NAME), _headed(_heading_name)),
        "org.registered_address": (in_turn(or_else(around(("公司所在地", "所在地"), place, pages=1, tail=address_goes_on),
                                                   Worded(families.ADDRESS, place, pages=1, tail=address_goes_on)),
                                           Only(place, unless="政府|機關|電話|傳真", pages=1)),),
        "org.responsible_person": (_responsible,),
        "fin.authorized_capital": (_authorized,),
        "fin.paid_in_capital": (_paid_in,),
        "reg.form_kind": (in_turn(Matching(_form_kind, near="登記表"), _kind_apart, _kind_half),),
        "reg.approval_date": (_approval_date,),
        "reg.approval_no": (_approval_no,),
        "org.business_items": (codes_of,),
    },
    checks=(capital_adds_up, year_of_letter, codes_complete, ubn_form("org.uniform_no"), kind_agrees, is_copy, person_whole),
    against=("主旨", "受文者"),
    first_page=("公司預查編號", "代表公司負責人", "公司聯絡電話", "公司名稱"),
    goes_on=_goes_on,
    several=True,
)
