"""The ways in which the insured are counted on paper: tables of months, premium bills, rosters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, line, page, read, table, values

from domain.document import OCR, Page
from extractors.papers import read_papers

MONTHS = ("11409", "11410", "11411", "11412", "11501", "11502")
COUNTS = (35, 37, 36, 37, 39, 41)
TABLE = {"ins.unit_no": "01877300K", "ins.unit_name": "雲海資訊股份有限公司", "ins.printed_on": "2026-10-16", "hc.latest_month": "2026-02",
         "hc.latest_count": 41, "hc.monthly_insured": [
             {"month": m, "count": c} for m, c in zip(("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"), COUNTS,
                                                      strict=True)]}
TOP: list[Row] = [[(0.3, "勞動部勞工保險局投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")],
                  [(0.1, "計費年月：11409 至 11502"), (0.5, "印表日期：115/10/16")]]


@pytest.mark.parametrize("heads", [("計費年月", "本國籍", "外國籍", "月底生效人數"), ("計費年月", "月底生效人數", "加保人數", "退保人數"),
                                   ("計費年月", "勞保人數", "就保人數", "災保人數"), ("年月", "本國", "外國", "合計"),
                                   ("計費年月", "健保人數", "勞保人數", "勞退提繳人數")])
def test_of_several_counts_the_one_under_the_head_of_all_is_meant(heads: tuple[str, ...]) -> None:
    at = next(i for i, h in enumerate(heads) if h in ("月底生效人數", "勞保人數", "合計"))
    rows = [[month, *(str(c) if i == at else str(c // 9) for i in range(1, 4))] for month, c in zip(MONTHS, COUNTS, strict=True)]
    assert values(table([heads, *rows], (0.1, 0.3, 0.5, 0.7, 0.9), above=TOP)) == TABLE


def test_two_columns_that_both_call_themselves_a_number_of_persons_are_doubted() -> None:
    rows = [[month, str(c), str(c + 1)] for month, c in zip(MONTHS, COUNTS, strict=True)]
    fields = read(table([("計費年月", "在保人數", "計費人數"), *rows], (0.1, 0.3, 0.6, 0.9), above=TOP)).fields
    assert {fields[f].status for f in ("hc.latest_count", "hc.monthly_insured")} == {"review"}


def test_a_table_that_runs_across() -> None:
    rows = [["計費年月", "114/09", "114/10", "114/11", "114/12", "115/01", "115/02"], ["月底生效人數", *map(str, COUNTS)]]
    assert values(table(rows, (0.03, 0.22, 0.34, 0.46, 0.58, 0.7, 0.82, 0.94), above=TOP)) == TABLE


def test_means_and_totals_below_are_no_months() -> None:
    rows: list[Row] = [[(0.3, f"民國{m[:3]}年{int(m[3:])}月"), (0.6, f"{c}人")] for m, c in zip(MONTHS, COUNTS, strict=True)]
    assert values(page(*TOP, [(0.3, "計費年月"), (0.6, "月底生效人數")], *rows, [(0.3, "合計"), (0.6, "225人")],
                       [(0.3, "6個月平均"), (0.6, "37.5人")])) == TABLE


@pytest.mark.parametrize("years", [("114",) * 4, ("114", "", "", "")])
def test_year_and_month_in_columns_of_their_own(years: tuple[str, ...]) -> None:
    rows = [[year, f"{9 + i:02d}", str(COUNTS[i])] for i, year in enumerate(years)]
    found = values(table([["年度", "月份", "人數"], *rows], (0.1, 0.3, 0.5, 0.7), above=TOP))
    assert found["hc.monthly_insured"] == TABLE["hc.monthly_insured"][:4]  # type: ignore[index]


def test_a_month_that_lies_apart_is_put_into_the_gap_and_doubted() -> None:
    rows: list[Row] = [[(0.3, m), (0.6, str(c))] for m, c in zip(("114年9月", "114年10月", "14年11月", "114年12月", "115年1月"), COUNTS,
                                                               strict=False)]
    paper = read(page(*TOP, [(0.3, "計費年月"), (0.6, "月底生效人數")], *rows))
    assert paper.fields["hc.monthly_insured"].value == TABLE["hc.monthly_insured"][:5]  # type: ignore[index]
    assert {paper.fields[f].status for f in ("hc.monthly_insured", "hc.latest_count")} == {"review"}


def of_months(first: int, last: int, number: int, more: tuple[str, ...] = ()) -> Page:
    rows: list[Row] = [[(0.3, m), (0.6, str(c))] for m, c in zip(MONTHS[first:last], COUNTS[first:last], strict=True)]
    made = page(*TOP, *([(0.7, t)] for t in more if t.startswith("頁")), [(0.3, "計費年月"), (0.6, "月底生效人數")], *rows,
                *([(0.8, t)] for t in more if not t.startswith("頁")), number=number)
    return made


@pytest.mark.parametrize("said", [((), ()), (("頁次：1/2",), ("頁次：2/2",)), (("接次頁",), ())])
def test_a_table_on_two_pages_that_both_bear_its_head_is_one(said: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert values(of_months(0, 4, 1, said[0]), of_months(4, 6, 2, said[1])) == TABLE


def test_a_table_goes_on_to_a_page_of_rows_alone() -> None:
    rest: list[Row] = [[(0.3, m), (0.6, str(c))] for m, c in zip(MONTHS[3:], COUNTS[3:], strict=True)]
    assert values(of_months(0, 3, 1), page(*rest, number=2)) == TABLE
    assert len(read_papers([of_months(0, 2, 1), page(*rest, number=2)])) == 2


def test_a_roster_goes_on_to_a_page_of_rows_alone() -> None:
    rows = people()
    head: list[Row] = [[(0.3, "投保單位被保險人名冊")], *TOP[1:2], [(0.1, "計費年月：115年9月")]]
    edges = (0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
    first = table([["序號", "姓名", "身分證號", "出生日期", "投保薪資"], *rows[:2]], edges, above=head)
    rest = table(rows[2:], edges, below=[[(0.1, f"合計 {len(rows)} 人")]], number=2)
    found = values(first, rest)
    assert (found["hc.latest_count"], found["hc.latest_month"]) == (len(rows), "2026-09")


def test_two_tables_of_the_same_months_stay_apart() -> None:
    assert len(read_papers([of_months(0, 4, 1), of_months(2, 6, 2)])) == 2


def doubtful(text: str, scores: tuple[float, ...], others: tuple[tuple[tuple[str, float], ...], ...]) -> Page:
    """The table with its fourth count as an engine read it."""
    made = of_months(0, 6, 1)
    lines = tuple(replace(n, text=text, chars=n.chars[:1] * len(text), source=OCR, confidence=min(scores), scores=scores,
                          alternatives=others)
                  if n.text == "37" and n.box.top > 0.2 else replace(n, source=OCR, confidence=0.999) for n in made.lines)
    return replace(made, source=OCR, lines=lines)


@pytest.mark.parametrize(("text", "scores", "others"), [
    ("81", (0.6, 0.99), ((("3", 0.2),), ())), ("3T", (0.99, 0.5), ((), (("7", 0.2), ("1", 0.1)))),
    ("371", (0.99, 0.99, 0.5), ((), (), ()))])
def test_a_count_hardly_legible_is_chosen_by_its_glyphs_and_neighbours_and_doubted(
        text: str, scores: tuple[float, ...], others: tuple[tuple[tuple[str, float], ...], ...]) -> None:
    found = read(doubtful(text, scores, others)).fields["hc.monthly_insured"]
    wanted = [35, 37, 36, 37, 39, 41]
    if text == "81":
        wanted[3] = 31
    assert isinstance(found.value, list)
    assert [m["count"] for m in found.value] == wanted
    assert found.status == "review"


def test_a_glyph_that_stands_for_no_figure_leaves_the_table_without_a_value() -> None:
    assert read(doubtful("中", (0.4,), ((),))).fields["hc.monthly_insured"].value is None


def test_a_stamp_that_ran_into_a_row_hides_neither_month_nor_count() -> None:
    made = of_months(0, 6, 1)
    lines = []
    for n in made.lines:
        text = {"11412": "114年12月影本", "37": "與正本相符37"}.get(n.text, n.text) if n.box.top > 0.2 else n.text
        lines.append(line(n.box.left, n.box.top, text))
    assert values(replace(made, lines=tuple(lines))) == TABLE


BILL = {"ins.unit_no": "01877300K", "ins.unit_name": "雲海資訊股份有限公司", "hc.latest_month": "2026-09", "hc.latest_count": 41,
        "ins.amount_due": 178_979}
HEAD: list[Row] = [[(0.3, "勞動部勞工保險局")], [(0.25, "勞工保險、就業保險及職業災害保險　保險費繳款單")]]
UNIT: list[Row] = [[(0.1, "保險證號：01877300K")], [(0.1, "單位名稱：雲海資訊股份有限公司")], [(0.1, "計費年月：115年9月")]]


@pytest.mark.parametrize("rows", [
    ["貴單位115年9月份保險費計算如下：本月底計費人數共41人，應繳保險費", "合計新臺幣178,979元整，請於115年10月31日前繳納。"],
    ["一、本月份被保險人計41人，投保薪資總額1,567,900元。", "二、普通事故保險費162,277元、就業保險費14,118元。", "應繳總額：178,979元"],
    ["本期保險費係依在保被保險人計", "41人之投保薪資總額1,567,900元核算。", "應繳總額：178,979元"],
    ["計費人數：本國40人，外國1人，合計41人", "應繳保險費：178,979元", "應繳總金額：178,979元"],
    ["投保人數：41人", "應繳保險費：新臺幣壹拾柒萬捌仟玖佰柒拾玖元整"]])
def test_a_bill_that_says_its_figures_in_prose(rows: list[str]) -> None:
    assert values(page(*HEAD, *UNIT, *([(0.1, row)] for row in rows), [(0.1, "繳納期限：115年10月31日")])) == BILL


def test_a_bill_with_its_heads_above_the_values() -> None:
    rows = [["保險證號", "單位名稱", "計費年月"], ["01877300K", "雲海資訊股份有限公司", "115/09"], ["投保人數", "繳納期限", "應繳金額"],
            ["41", "115/10/31", "178,979"]]
    assert values(table(rows, (0.1, 0.35, 0.7, 0.95), above=HEAD)) == BILL


ROSTER = {"ins.unit_no": "05974145U", "ins.unit_name": "小滿烘焙坊", "hc.latest_month": "2026-10", "hc.latest_count": 4}
TITLE: list[Row] = [[(0.3, "勞工保險被保險人名冊（計算名冊）")],
                    [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊"), (0.7, "計費年月：115年10月")]]
HEADS = ("序號", "姓名", "身分證號", "出生日期", "投保薪資")
PEOPLE = (("傅海寧", "J120456787"), ("莊海桓", "B246425605"), ("NGUYEN VAN", "A800000014"), ("江海秀", "R137861649"))
EDGES = (0.05, 0.13, 0.3, 0.5, 0.65, 0.8, 0.95)


def people(first: int = 1, more: tuple[str, ...] = ()) -> list[list[str]]:
    return [[str(first + i), *person, "075/01/02", "30,300", *more[i:i + 1]] for i, person in enumerate(PEOPLE)]


@pytest.mark.parametrize(("below", "domestic"), [
    ((), None), (("以上合計 4 人，其中本國籍 3 人，外國籍 1 人",), 3), (("總計投保人數：4", "投保薪資總額：121,200"), None),
    (("計費人數 4人 本國籍 3人 外國籍 1人",), 3)])
def test_totals_in_words_or_none(below: tuple[str, ...], domestic: int | None) -> None:
    found = values(table([HEADS, *people()], EDGES, above=TITLE, below=[[(0.1, row)] for row in below]))
    assert found == ROSTER | ({} if domestic is None else {"ins.domestic_count": domestic})


def test_nationals_by_a_column_where_a_passport_stands_for_a_personal_number() -> None:
    rows = people(more=("中華民國", "中華民國", "越南", "中華民國"))
    rows[2][2] = "C1234567"
    assert values(table([(*HEADS, "國籍"), *rows], EDGES, above=TITLE)) == ROSTER | {"ins.domestic_count": 3}


def test_a_page_s_own_total_is_not_the_roster_s() -> None:
    pages = [table([HEADS, *people(first)], EDGES, number=n, above=[[(0.8, f"第 {n} 頁，共 2 頁")], *TITLE],
                   below=[[(0.1, "本頁小計：4 人")], *([[(0.1, "總計：8 人")]] if n == 2 else [])]) for n, first in ((1, 1), (2, 5))]
    paper = read(*pages)
    assert paper.fields["hc.latest_count"].value == 8
    assert "check:row-count" in paper.fields["hc.latest_count"].witnesses


def test_rows_of_several_months_count_for_the_latest() -> None:
    rows = [[month, *row[1:]] for month, some in (("115/09", people()[:3]), ("115/10", people())) for row in some]
    above = [TITLE[0], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊")], [(0.1, "查詢期間：115年9月至115年10月")]]
    assert values(table([("計費年月", *HEADS[1:]), *rows], EDGES, above=above)) == ROSTER


def test_parts_of_several_months_count_for_the_latest() -> None:
    def part(month: str, n: int, top: list[Row]) -> list[Row]:
        return [*top, [(0.1, f"計費年月：{month}")], [(0.1, "序號"), (0.2, "姓名"), (0.4, "身分證號"), (0.6, "投保薪資")],
                *([(0.1, str(i + 1)), (0.2, name), (0.4, number), (0.6, "30,300")] for i, (name, number) in enumerate(PEOPLE[:n])),
                [(0.1, f"合計 {n} 人")]]

    unit: list[Row] = [TITLE[0], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊")]]
    assert values(page(*part("115年9月", 3, unit), *part("115年10月", 4, []))) == ROSTER


@pytest.mark.parametrize("mark", ["、", "."])
@pytest.mark.parametrize("months", [("115.09", "115.10"), ("115.10", "115.09")])
def test_totals_side_by_side_are_one_a_month_and_those_of_the_latest_count(months: tuple[str, str], mark: str) -> None:
    at = months.index("115.10")
    totals = [("月底在保人數", "3", "4"), ("本國籍", "2", "3")]
    below: list[Row] = [[(0.1, "月份"), (0.4, months[0]), (0.6, months[1])],
                        *([(0.1, name), (0.4, one if at else two), (0.6, two if at else one)] for name, one, two in totals)]
    above: list[Row] = [TITLE[0], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊")],
                        [(0.1, f"資料月份：115年09月{mark}115年10月")]]
    assert values(table([HEADS, *people()], EDGES, above=above, below=below)) == ROSTER | {"ins.domestic_count": 3}


@pytest.mark.parametrize(("number", "doubted"), [("05974145U", False), ("059741450", True)])
def test_a_figure_in_the_place_of_the_check_letter_is_doubted_where_an_engine_read_it(number: str, doubted: bool) -> None:
    above = [TITLE[0], *[[(x, t.replace("05974145U", number)) for x, t in row] for row in TITLE[1:]]]
    made = table([HEADS, *people()], EDGES, above=above)
    seen = Page(1, 1000, 1400, tuple(type(n)(n.text, n.box, n.chars, 0.9999, OCR) for n in made.lines), OCR, cells=made.cells)
    field = read(seen).fields["ins.unit_no"]
    assert field.value == number
    assert bool(field.doubts) == doubted


def spoilt(made: Page, old: str, new: str, confidence: float) -> Page:
    """The page as an engine might read it, one text wrong."""
    lines = tuple(type(n)(n.text.replace(old, new), n.box, n.chars, confidence if old in n.text else 1.0, OCR) for n in made.lines)
    return Page(1, 1000, 1400, lines, OCR, cells=made.cells)


def test_rows_and_serial_numbers_beat_a_total_that_is_hardly_legible() -> None:
    made = table([HEADS, *people()], EDGES, above=TITLE, below=[[(0.1, "被保險人數：4 人")]])
    found = read(spoilt(made, "4 人", "1 人", 0.8)).fields["hc.latest_count"]
    assert (found.value, found.status) == (4, "review")
    assert read(spoilt(made, "4 人", "5 人", 0.99)).fields["hc.latest_count"].value == 5


def test_a_unit_s_name_ends_before_its_number() -> None:
    found = values(page([(0.1, "勞工保險被保險人名冊")], [(0.1, "投保單位：小滿烘焙坊（05974145-U）")], [(0.1, "名冊年月：115年10月")],
                        [(0.1, "編號"), (0.2, "被保險人姓名"), (0.4, "身分證統一編號"), (0.6, "出生年月日"), (0.75, "月投保薪資")],
                        [(0.1, "1"), (0.2, "江秀"), (0.4, "J120456787"), (0.6, "0870224"), (0.75, "28,800")],
                        [(0.1, "總計投保人數：1"), (0.3, "投保薪資總額：28,800")]))
    assert found == ROSTER | {"hc.latest_count": 1}
