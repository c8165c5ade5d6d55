"""商業登記核准函: the letter by which a registry approves the founding or a change of a sole proprietorship or partnership."""

from __future__ import annotations

from extractors.kind import Kind
from extractors.kinds import _letters
from extractors.kinds._amounts import or_else
from extractors.kinds._grants import grants
from extractors.kinds._shared import number, ubn_form, year_of_letter
from extractors.readers import families
from extractors.readers.names import name_goes_on
from extractors.readers.places import Beside, around, clearest, in_turn
from extractors.readers.wording import Worded

KIND = Kind(
    id="business_approval_letter",
    name="商業登記核准函",
    titles=("市政府函", "縣政府函", "商業處函", "經濟發展局函", "產業發展局函", "公所函", "工商發展處函", "建設處函",
            "商業設立登記核准通知", "商業變更登記核准通知", "商業登記核准通知", "商業登記核准函", "商業登記通知",
            "商業設立登記通知", "商業變更登記通知", "商業設立登記核准函", "商業變更登記核准函"),
    labels=(*_letters.LABELS, "商業登記法", "貴商號", "商業登記申請辦法", "商業名稱", "貴行號", "商業登記", "組織種類"),
    fields={
        "org.uniform_no": (in_turn(_letters.number_in_subject, number("商業統一編號", "營利事業統一編號")),),
        "org.name": (_letters.never_owner(clearest(or_else(around(("受文者", "受文單位", "商業名稱", "商號名稱"), _letters.business,
                                             tail=name_goes_on),
                                      Worded(families.NAME, _letters.business, tail=name_goes_on)),
                              Beside(("正本",), _letters.business, firm=False),
                              _letters.named(_letters.business))),),
        "reg.approval_date": _letters.DATE,
        "reg.approval_no": _letters.NUMBER,
        "reg.form_kind": (_letters.form_kind,),
        "org.founding_date": (_letters.founding,),
    },
    checks=(year_of_letter, ubn_form("org.uniform_no"), _letters.founded_with_letter, _letters.name_of_firm),
    needs=_letters.NEEDS,
    never=_letters.NEVER,
    signs=(grants(business=True),),
    against=("貴公司", "公司登記辦法", "公示資料查詢"),
    several=True,
    first_page=("受文者", "發文日期", "發文字號", "主旨"),
)
