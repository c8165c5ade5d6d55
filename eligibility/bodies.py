"""The kinds of organisation (``org.type``) as clauses group them."""

from __future__ import annotations

ENTERPRISES = ("company", "business")
GOVERNMENT = ("central_gov", "municipality_or_county_gov", "township_office")
STATE_ENTERPRISES = ("soe",)
LEGAL_PERSONS = ("foundation", "association")
SCHOOLS = ("public_school", "public_university")

CHINESE = {
    "company": "公司",
    "business": "商業",
    "foundation": "財團法人",
    "association": "社團法人",
    "public_school": "公立學校",
    "public_university": "公立大學",
    "municipality_or_county_gov": "直轄市或縣（市）政府",
    "township_office": "鄉鎮市區公所",
    "central_gov": "中央機關",
    "soe": "公營或國營事業",
    "natural_person": "自然人",
    "other": "其他",
}
