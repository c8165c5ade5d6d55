"""The QR of an e-invoice is read as its specification says, whatever the case of its digits or the encoding behind it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import Box, Code
from extractors.readers import einvoice

CIPHER = "ydXZt4LAN1UHN/j1juVcRA=="
DIGITS = "0123456789"
HEAD = "CA63388616107102714060000000000000041"


def code(payload: bytes) -> Code:
    return Code("QRCode", payload, Box(0.1, 0.8, 0.3, 0.9))


@pytest.mark.parametrize("encoding", ["0", "1", "2", "3"])
def test_the_specification_s_example_is_read_in_every_encoding(encoding: str) -> None:
    text = f"AB112233441020523999900000144000001540000000001234567{CIPHER}:**********:3:3:{encoding}:乾電池:1:105:"
    invoice = einvoice.parse(text.encode("cp950" if encoding == "0" else "utf-8"))
    assert invoice == einvoice.EInvoice("AB11223344", date(2013, 5, 23), "9999", 0x144, 0x154, None, "01234567")


def test_a_cipher_need_not_end_in_padding() -> None:
    invoice = einvoice.parse(b"QQ000815241000801396600000014000000141234567828433892qk90D8qgCwuEvOngCZaEdaw=")
    assert invoice is not None
    assert (invoice.sales, invoice.total, invoice.buyer, invoice.seller) == (20, 20, "12345678", "28433892")


def test_hexadecimal_digits_may_be_lower_case() -> None:
    text = "CA63388616107042714060000003e0000004100000000247894573A2IzH97mHFMn89HdKcQCQ==:**********:1:1:1:尖叫雞/隻:1:75"
    invoice = einvoice.parse(text.encode())
    assert invoice is not None
    assert (invoice.sales, invoice.total) == (62, 65)


def test_business_to_business_has_no_random_code() -> None:
    invoice = einvoice.parse(b"ZY556677881150909    0000753000007B0C0459525793871553oUhehaIAnwnko2tpv8OnQw==:**********:1:1:1:x:1:30000")
    assert invoice is not None
    assert invoice.random is None
    assert (invoice.sales, invoice.total, invoice.buyer) == (30000, 31500, "04595257")


def test_what_some_tills_write_beside_the_rules_is_understood() -> None:
    marked = einvoice.parse(f"\ufeff{HEAD}0000000024789457{CIPHER}:**********:1:1:1:x:1:65".encode())
    blank = einvoice.parse(f"{HEAD}        24789457{CIPHER}:SHOP      :1:1:1:x:1:65".encode())
    assert marked is not None
    assert marked == blank
    assert (marked.number, marked.buyer, marked.total) == ("CA63388616", None, 65)


def test_sales_of_zero_means_that_the_tax_is_not_split() -> None:
    invoice = einvoice.parse(f"ZX1029384711507045847000000000000015E0000000091380686{CIPHER}".encode())
    assert invoice is not None
    assert invoice.sales is None
    assert invoice.total == 350


def test_an_overseas_seller_states_his_amounts_behind() -> None:
    head = f"AB1122334410205239999000000000000000000000000012345675{CIPHER}"[:53] + CIPHER
    invoice = einvoice.parse(f"{head}:**********:1:1:3:0000014400:0000015400:item:1:1".encode())
    assert invoice is not None
    assert (invoice.sales, invoice.total) == (324, 340)


@pytest.mark.parametrize("payload", [b"", b"**:3:1:210", b"https://example.test/", b"AB11223344102133299990000014400000154"])
def test_another_code_is_no_invoice(payload: bytes) -> None:
    assert einvoice.parse(payload) is None


def test_an_impossible_date_is_refused() -> None:
    assert einvoice.parse(f"AB112233441021332999900000144000001540000000001234567{CIPHER}".encode()) is None


@given(day=st.dates(date(1991, 1, 1), date(2050, 12, 31)), random=st.text(DIGITS, min_size=4, max_size=4), sales=st.integers(1, 10**9),
       tax=st.integers(0, 10**7), buyer=st.text("123456789", min_size=8, max_size=8), lower=st.booleans())
def test_what_was_printed_is_what_is_read(day: date, random: str, sales: int, tax: int, buyer: str, lower: bool) -> None:
    amounts = f"{sales:08X}{sales + tax:08X}"
    amounts = amounts.lower() if lower else amounts
    text = f"QE95990881{day.year - 1911:03d}{day:%m%d}{random}{amounts}{buyer}16158574{CIPHER}:**********:1:1:1:x"
    assert einvoice.parse(text.encode()) == einvoice.EInvoice("QE95990881", day, random, sales, sales + tax, buyer, "16158574")


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(payload: bytes) -> None:
    invoice = einvoice.parse(payload)
    assert invoice is None or payload.startswith(invoice.number.encode())


def test_the_left_code_is_found_among_others() -> None:
    left = code(f"AB112233441020523999900000144000001540000000001234567{CIPHER}".encode())
    assert einvoice.find([code(b"**"), left]) == (einvoice.parse(left.payload), left)
    assert einvoice.find([code(b"**")]) is None


def test_the_one_dimensional_code_gives_period_number_and_random_code() -> None:
    assert einvoice.parse_code39("*10404UZ176908720122*") == ("2015-03", "UZ17690872", "0122")
    assert einvoice.parse_code39("10412UZ176908720122") == ("2015-11", "UZ17690872", "0122")
    assert einvoice.parse_code39("0966000178979") is None
