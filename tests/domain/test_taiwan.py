"""Numbers, dates and names as Taiwan writes them: what is written is read back, and a slip is noticed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.taiwan import address, invoice_number, money, national_id, numerals, roc_date, ubn

DATES = st.dates(date(1913, 1, 1), date(2110, 12, 31))


def chinese(n: int) -> str:
    """n below 1000 as dates write it: 一百一十三, 十九, 九."""
    d = "零一二三四五六七八九"
    h, t, u = n // 100, n // 10 % 10, n % 10
    out = f"{d[h]}百" if h else ""
    out += (f"{d[t]}十" if h or t > 1 else "十") if t else ("零" if h and u else "")
    return out + (d[u] if u else "")


@given(DATES)
def test_a_republic_date_is_read_back_from_each_way_of_writing_it(when: date) -> None:
    y, m, d = roc_date.parts(when)
    for text in (f"中華民國{y}年{m}月{d}日", f"民國 {y} 年 {m:02d} 月 {d:02d} 日", f"{y}年{m}月{d}日", f"{y:03d}{m:02d}{d:02d}",
                 f"中華民國{chinese(y)}年{chinese(m)}月{chinese(d)}日", when.isoformat(), f"{when:%Y/%m/%d}", roc_date.in_full(when)):
        assert roc_date.parse(text) == when, text
    if y >= 10:
        for text in (f"{y}.{m:02d}.{d:02d}", f"{y}/{m}/{d}", f"{y}-{m:02d}-{d:02d}", f"{y}. {m}.{d}"):
            assert roc_date.parse(text) == when, text


@given(DATES)
def test_a_month_is_read_back(when: date) -> None:
    y, m = when.year - 1911, when.month
    month = f"{when.year:04d}-{m:02d}"
    assert roc_date.parse_month(f"{y}年{m:02d}月份") == month
    assert roc_date.parse_month(f"{y:03d}{m:02d}") == month
    if m < 12:
        assert roc_date.parse_month(f"{y}年{m}、{m + 1}月份") == month
        assert roc_date.parse_month(f"{y}年{m:02d}-{m + 1:02d}月") == month


@given(st.text(alphabet="0123456789年月日民國./- 一二三十百", max_size=16))
def test_no_text_breaks_the_date_reader(text: str) -> None:
    when = roc_date.parse(text)
    assert when is None or date(1912, 1, 1) <= when < date(2200, 1, 1)


@pytest.mark.parametrize("text", ["113年13月1日", "113年2月30日", "電話02-25", "", "15,000元"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert roc_date.parse(text) is None


@given(st.integers(0, 10**16 - 1))
def test_an_amount_is_read_back_from_digits_and_from_financial_numerals(amount: int) -> None:
    assert money.parse(money.grouped(amount) + "元") == amount
    assert money.parse("新臺幣" + money.in_financial(amount)) == amount
    assert numerals.to_int(numerals.to_financial(amount)) == amount
    assert money.parse(f"NT$ {amount}") == amount


@given(st.integers(1000, 10**12))
def test_a_period_for_a_comma_is_mended_only_as_a_thousands_mark(amount: int) -> None:
    assert money.parse(money.grouped(amount).replace(",", ".")) == amount
    assert money.parse(f"{amount}.5") is None


@given(st.integers(0, 10**13))
def test_ten_thousands_never_round(amount: int) -> None:
    whole, _, part = money.in_wan(amount).replace(",", "").partition(".")
    assert int(whole) * 10000 + int((part + "0000")[:4]) == amount


@given(st.text(max_size=12))
def test_no_text_breaks_the_amount_reader(text: str) -> None:
    assert money.parse(text) is None or money.parse(text) >= 0  # type: ignore[operator]


@given(st.integers(0, 9_999_999))
def test_of_ten_last_digits_two_pass_modulo_five_and_one_modulo_ten(head: int) -> None:
    numbers = [f"{head:07d}{d}" for d in range(10)]
    five = [n for n in numbers if ubn.is_valid(n)]
    ten = [n for n in numbers if ubn.is_strong(n)]
    assert set(ten) <= set(five)
    extra = 2 if numbers[0][6] == "7" else 1
    if head:
        assert len(five) == 2 * extra
        assert len(ten) == extra


@pytest.mark.parametrize(("number", "five", "ten"), [
    ("00501503", True, True), ("22099131", True, True), ("04595257", True, True), ("10458574", True, True), ("12345675", True, True),
    ("04595252", True, False), ("10458570", True, False), ("10000004", True, False), ("10000073", True, False),
    ("00501502", False, False), ("22822280", False, False), ("47217977", False, False), ("00000000", False, False),
    ("1234567", False, False), ("123456789", False, False), ("1234567A", False, False)])
def test_the_published_unified_business_numbers(number: str, five: bool, ten: bool) -> None:
    assert (ubn.is_valid(number), ubn.is_strong(number)) == (five, ten)


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.sampled_from("1289ABCD"), st.integers(0, 9_999_999))
def test_exactly_one_check_digit_fits_a_national_id(letter: str, second: str, serial: int) -> None:
    assert sum(national_id.is_valid(f"{letter}{second}{serial:07d}{d}") for d in range(10)) == 1


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.sampled_from("12"), st.integers(0, 9_999_999), st.integers(0, 6),
       st.integers(1, 9))
def test_a_wrong_digit_whose_weight_shows_it_is_noticed(letter: str, sex: str, serial: int, at: int, by: int) -> None:
    good = next(n for d in range(10) if national_id.is_valid(n := f"{letter}{sex}{serial:07d}{d}"))
    weight = 7 - at
    bad = good[: 2 + at] + str((int(good[2 + at]) + by) % 10) + good[3 + at:]
    if (weight * by) % 10:
        assert not national_id.is_valid(bad)


@pytest.mark.parametrize(("text", "number"), [
    ("ZX-10293847", "ZX10293847"), ("zx 1029 3847", "ZX10293847"), ("0X1O293847", "OX10293847"), ("ZX1029384", None),
    ("ZXX0293847X", None), ("", None)])
def test_an_invoice_number_is_mended_where_its_form_says_so(text: str, number: str | None) -> None:
    assert invoice_number.tidy(text) == number


@pytest.mark.parametrize(("text", "city"), [
    ("臺北市信義區", "臺北市"), ("(110)台北市信義區", "臺北市"), ("220031新北市板橋區", "新北市"), ("臺北縣板橋市", "新北市"),
    ("臺灣省苗栗縣竹南鎮", "苗栗縣"), ("板橋區文化路", None), ("", None)])
def test_the_city_of_an_address(text: str, city: str | None) -> None:
    assert address.city(text) == city
