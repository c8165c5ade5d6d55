"""Each record of a list is shown with its own ink, however many lie on one picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.document import Box
from intake.web import row_ink
from intake.web.facts import FactView, Spot

numbers = st.lists(st.tuples(st.from_regex(r"[A-Z]{2}[0-9]{8}", fullmatch=True), st.integers(1, 10**6)), min_size=1, max_size=6)


def spot(text: str, paper: int, place: int) -> Spot:
    return Spot(paper, f"{paper}.jpg", "電子發票證明聯", 1, Box(0.1, place / 100, 0.2, place / 100 + 0.01), text, 1000, 1400)


def view(records: list[dict[str, object]], spots: list[Spot]) -> FactView:
    return FactView(("purchase",), "採購紀錄", "rows", records, "", "", False, tuple(spots), (), ())


@given(numbers, st.booleans())
def test_each_record_has_its_own_number_and_amount_even_on_one_picture(invoices: list[tuple[str, int]], heap: bool) -> None:
    spots = [spot(text, 0 if heap else i, 2 * i + n) for i, (number, amount) in enumerate(invoices)
             for n, text in enumerate((f"{number[:2]}-{number[2:]}", f"總計 {amount:,}"))]
    found = row_ink.lines(view([{"invoice_no": n, "amount": a} for n, a in invoices], spots))
    assert [[c for _, c in line.cells][0] for line in found] == [n for n, _ in invoices]
    assert [line.spots[0].text.replace("-", "") for line in found] == [n for n, _ in invoices]
    shown = [s for line in found for s in line.spots]
    assert len(shown) == len(set(shown))
    assert all({s.paper for s in line.spots} == {line.spots[0].paper} for line in found)


def test_a_record_that_no_ink_names_is_shown_without() -> None:
    (line,) = row_ink.lines(view([{"amount": 4_840, "invoice_no": None}], [spot("隆信印刷社", 1, 1)]))
    assert line.spots == ()
    assert "4,840" in line.cells[0][1]
    assert row_ink.lines(view([], [])) == []
