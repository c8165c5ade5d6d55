"""Chinese numerals, plain (一百一十三) and financial (壹佰壹拾參), as numbers.

>>> to_int("壹佰貳拾參萬肆仟伍佰元整"), to_int("一百十三"), to_int("二〇二四"), to_financial(1050000)
(1234500, 113, 2024, '壹佰零伍萬')
"""

from __future__ import annotations

_WRITTEN = ("零〇○Ｏ０", "一壹弌", "二貳貮弍兩", "三參叁叄弎", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖")
DIGITS = {c: value for value, forms in enumerate(_WRITTEN) for c in forms}
DIGITS |= {str(i): i for i in range(10)}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"萬": 10**4, "万": 10**4, "億": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}
TAIL = "元圓整正"


def to_int(text: str) -> int | None:
    """The number that ``text`` writes, or None where it is not one numeral. Trailing 元整 is allowed."""
    body = "".join(text.split()).rstrip(TAIL)
    if not body or any(c not in DIGITS and c not in UNITS and c not in MYRIADS and c not in TENS for c in body):
        return None
    if all(c in DIGITS for c in body):
        return int("".join(str(DIGITS[c]) for c in body))
    total = section = 0
    digit: int | None = None
    floor = 10**16
    for c in body:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in TENS:
            section, digit = section + TENS[c], None
        elif c in UNITS:
            section, digit = section + (1 if digit is None and c in "十拾" else digit or 0) * UNITS[c], None
        else:
            if MYRIADS[c] >= floor:
                return None
            floor = MYRIADS[c]
            total, section, digit = total + (section + (digit or 0)) * MYRIADS[c], 0, None
    return total + section + (digit or 0)


def to_financial(number: int) -> str:
    """``number`` in financial numerals without a unit: 10500 → 壹萬零伍佰. Raises ValueError below 0 or from 10**16."""
    if not 0 <= number < 10**16:
        raise ValueError(f"no financial numeral for {number}")
    if number == 0:
        return "零"
    digits, units = "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟")
    out, gap = "", False
    for power, name in ((3, "兆"), (2, "億"), (1, "萬"), (0, "")):
        section = number // 10 ** (4 * power) % 10000
        if section == 0:
            gap = bool(out)
            continue
        part = ""
        for i in (3, 2, 1, 0):
            d = section // 10**i % 10
            if d:
                if (gap or (part and section // 10 ** (i + 1) % 10 == 0)) and (out or part):
                    part += "零"
                part, gap = part + digits[d] + units[i], False
            elif not part and out:
                gap = True
        out, gap = out + part + name, False
    return out
