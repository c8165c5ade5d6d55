"""公司登記核准函: the letter by which a registry approves the founding or a change of a company."""

from __future__ import annotations

from extractors.kind import Kind
from extractors.kinds import _letters
from extractors.kinds._grants import grants
from extractors.kinds._shared import company, number, ubn_form, year_of_letter
from extractors.readers.names import company_goes_on
from extractors.readers.places import Beside, Only, around, clearest, in_turn

KIND = Kind(
    id="company_approval_letter",
    name="公司登記核准函",
    titles=("市政府函", "縣政府函", "經濟部函", "管理局函", "商業發展署函", "中部辦公室函", "經濟發展局函", "商業處函", "產業發展局函",
            "公司設立登記核准通知", "公司變更登記核准通知", "公司登記核准通知", "公司登記核准函", "公司登記通知",
            "公司設立登記通知", "公司變更登記通知", "公司設立登記核准函", "公司變更登記核准函"),
    labels=(*_letters.LABELS, "公司登記辦法", "公司法", "貴公司", "公司登記"),
    fields={
        "org.uniform_no": (in_turn(_letters.number_in_subject, number("公司統一編號")),),
        "org.name": (clearest(around(("受文者", "公司名稱"), company, tail=company_goes_on), Beside(("正本",), company, firm=False),
                              _letters.named(company), Only(company, pages=1, unless="銀行|會計師")),),
        "reg.approval_date": _letters.DATE,
        "reg.approval_no": _letters.NUMBER,
        "reg.form_kind": (_letters.form_kind,),
        "org.founding_date": (_letters.founding,),
    },
    checks=(year_of_letter, ubn_form("org.uniform_no"), _letters.founded_with_letter),
    needs=_letters.NEEDS,
    never=_letters.NEVER,
    signs=(grants(business=False),),
    against=("貴商號", "商業登記法", "貴行號", "商業名稱", "公示資料查詢"),
    several=True,
    first_page=("受文者", "發文日期", "發文字號", "主旨"),
)
