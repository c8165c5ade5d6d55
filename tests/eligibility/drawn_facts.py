"""Facts as Hypothesis draws them for the rules of a programme, near the limits that the law knows."""

from __future__ import annotations

from hypothesis import strategies as st

from domain.vocabulary import groups, term, terms
from eligibility.programme import Programme

DAYS = [
    "2013-06-30",
    "2016-02-25",
    "2018-03-01",
    "2019-02-24",
    "2019-02-25",
    "2019-02-26",
    "2019-03-28",
    "2024-09-01",
    "2025-02-28",
    "2025-03-15",
]
MONEY = [
    0,
    1,
    99_999,
    100_000,
    100_001,
    200_000,
    250_000,
    499_999,
    500_000,
    750_000,
    1_000_000,
    1_500_000,
    5_000_000,
    80_000_000,
    80_000_001,
    100_000_000,
    100_000_001,
]
SMALL = [0, 1, 2, 3, 4, 5, 8, 10, 15, 20, 30, 49, 50, 99, 100, 199, 200, 250]
TEXTS = [
    "無",
    "甲",
    "臺北市信義區松德路1號",
    "新北市板橋區文化路1號",
    "香港商山海有限公司台灣分公司",
    "山海股份有限公司信義分公司",
    "通過",
    "不通過",
    "備取",
    "有",
]
DAY, BOOL = st.sampled_from(DAYS), st.booleans()
ROW = st.fixed_dictionaries(
    {},
    optional={
        "date": DAY,
        "amount": st.sampled_from(MONEY),
        "net_amount": st.sampled_from(MONEY),
        "tax_amount": st.sampled_from(MONEY),
        "invoice_no": st.sampled_from(["AB12345678", "CD12345678"]),
        "supplier_uniform_no": st.sampled_from(["04595257", "22099131"]),
        "supplier_registration_valid": BOOL,
        "supplier_is_startup": BOOL,
        "uploaded": BOOL,
        "uploaded_on": DAY,
        "role": st.sampled_from(["中心廠", "衛星廠"]),
        "guided": BOOL,
        "kind": st.sampled_from(["薪資", "委外", "共同"]),
        "approved": BOOL,
        "item": st.sampled_from(["甲", "乙"]),
        "source": st.just("自籌"),
        "score": st.sampled_from(SMALL),
        "member": st.sampled_from(["一", "二"]),
        "report": st.just("期中"),
        "due": DAY,
        "received": DAY,
        "done_percent": st.sampled_from(SMALL),
        "spent": st.sampled_from(MONEY),
        "not_done": st.just("無"),
        "target": st.just("一"),
        "year": st.just(2019),
        "unit": st.just("甲"),
        "ref": st.just("甲"),
    },
)
PAPER = st.one_of(
    BOOL,
    st.fixed_dictionaries(
        {},
        optional={
            "present": BOOL,
            "form": st.sampled_from(["original", "copy"]),
            "copies": st.sampled_from(SMALL),
            "company_seal": BOOL,
            "responsible_seal": BOOL,
            "agent_seal": BOOL,
            "issued_on": DAY,
        },
    ),
)
BY_TYPE = {
    "money": st.sampled_from(MONEY),
    "integer": st.sampled_from(SMALL),
    "number": st.sampled_from([0, 0.5, 1, 3, 5, 6, 8, 10]),
    "percent": st.sampled_from([0, 1.5, 8, 12.5, 25, 40, 50, 100]),
    "date": DAY,
    "month": st.sampled_from(["2018-12", "2024-12", "2025-02", "2025-03"]),
    "datetime": st.sampled_from(["2014-01-23T17:30:00", "2014-01-23T17:31:00", "2025-03-15T09:00:00"]),
    "bool": BOOL,
    "text": st.sampled_from(TEXTS),
    "longtext": st.sampled_from(["", "說明"]),
    "digits8": st.sampled_from(["04595257", "22099131"]),
    "country": st.sampled_from(["TW", "CN", "JP"]),
    "choices": st.just([]),
    "texts": st.lists(st.sampled_from(["是", "否", "甲"]), max_size=12),
    "dates": st.lists(DAY, max_size=3),
    "document": PAPER,
    "rows": st.lists(ROW, max_size=9),
    "record": st.just({"bank": "甲"}),
    "monthly": st.lists(st.sampled_from(SMALL), min_size=12, max_size=12),
}


def _values(field: str) -> st.SearchStrategy:
    if field in groups():
        return BY_TYPE["rows"]
    t = term(field)
    return st.sampled_from(t.choices) if t.choices and t.type == "choice" else BY_TYPE[t.type]


def any_facts(programme: Programme) -> st.SearchStrategy:
    """Any of the facts that the programme's rules ask for, each known or not."""
    fields = sorted({w.key for r in programme.rules for w in r.wants if w.key in terms() or w.key in groups()})
    return st.fixed_dictionaries({}, optional={f: _values(f) for f in fields})
