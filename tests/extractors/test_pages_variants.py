"""Characters in a foreign form are put back; everything that Taiwan prints stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.ocr.variants import in_big5, load, printed


def test_what_the_engine_prints_in_another_form() -> None:
    assert printed("营业税内产为总额") == "營業稅內產為總額"


def test_names_that_look_like_another_form_stay() -> None:
    for name in ("里", "范", "于", "余", "台", "后", "游", "涂", "峯", "喆", "堃"):
        assert printed(name) == name


def test_a_form_with_two_meanings_is_left_to_a_person() -> None:
    for character in "历复获尽坛钟":
        assert printed(character) == character


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_length_and_everything_in_big5_are_kept(text: str) -> None:
    out = printed(text)
    assert len(out) == len(text)
    assert all(b == a for a, b in zip(text, out, strict=True) if in_big5(a))


@pytest.mark.parametrize("row", ["里,裡", "税,税", "税稅"])
def test_an_ill_formed_table_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"variant,printed\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="table.csv:2"):
        load(path)
