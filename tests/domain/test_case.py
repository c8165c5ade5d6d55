"""Merging: one fact with its origins, a contradiction with its places, a person's word on top, doubt never settled silently."""

from datetime import datetime

from domain.case import from_facts, merge
from domain.document import Box
from domain.field import ACCEPTED, REVIEW, Computed, DocumentReading, Entry, FileReading, Read, Reading

BOX = Box(0.1, 0.2, 0.3, 0.22)


def reading(value: object, status: str = ACCEPTED) -> Reading:
    return Reading(value, str(value), 1, BOX, 0.99, status, ("text-layer",))


def paper(kind: str, sha: str = "a" * 64, status: str = ACCEPTED, **fields: object) -> FileReading:
    named = {k.replace("__", "."): reading(v, status) for k, v in fields.items()}
    return FileReading(sha[:4] + ".pdf", sha, 1, (DocumentReading(kind, 0.99, (1,), named),))


def test_the_same_fact_from_two_papers_is_one_fact_with_two_origins() -> None:
    case = merge([paper("company_registration_form", "a" * 64, org__name="台灣晨光 股份有限公司"),
                  paper("company_approval_letter", "b" * 64, org__name="臺灣晨光股份有限公司")])
    fact = case.facts["org.name"]
    assert fact.value == "台灣晨光 股份有限公司"
    assert [o.document[0] for o in fact.origins if isinstance(o, Read)] == ["a", "b"]
    assert not case.conflicts


def test_a_contradiction_has_no_value_and_names_both_places() -> None:
    case = merge([paper("company_registration_form", "a" * 64, org__uniform_no="04595257"),
                  paper("company_approval_letter", "b" * 64, org__uniform_no="10458575")])
    assert "org.uniform_no" not in case.known()
    (conflict,) = case.conflicts
    assert {(v, os[0].document[0]) for v, os in conflict.values if isinstance(os[0], Read)} == {("04595257", "a"), ("10458575", "b")}
    assert case.as_json()["conflicts"][0]["values"][0]["origins"][0]["page"] == 1


def test_a_person_settles_a_contradiction_and_the_readings_stay() -> None:
    entry = Entry("org.uniform_no", "10458575", "clerk", datetime(2025, 3, 1, 9), "看過正本")
    case = merge([paper("company_registration_form", "a" * 64, org__uniform_no="04595257"),
                  paper("company_approval_letter", "b" * 64, org__uniform_no="10458575")], [entry])
    assert case.known()["org.uniform_no"] == "10458575"
    assert not case.conflicts
    assert case.facts["org.uniform_no"].origins[0] is entry
    assert len(case.facts["org.uniform_no"].origins) == 3


def test_a_doubtful_value_is_not_known() -> None:
    case = merge([paper("company_registration_form", status=REVIEW, fin__paid_in_capital=5_000_000)])
    assert "fin.paid_in_capital" not in case.known()
    assert case.doubtful()["fin.paid_in_capital"].value == 5_000_000
    assert case.as_json()["review"]["fin.paid_in_capital"]["value"] == 5_000_000


def test_what_could_not_be_read_is_doubtful_not_absent() -> None:
    case = merge([paper("company_registration_form", status=REVIEW, fin__paid_in_capital=None)])
    assert case.doubtful()["fin.paid_in_capital"].value is None
    assert "fin.paid_in_capital" not in case.known()


def test_a_withdrawn_value_is_unknown() -> None:
    entry = Entry("org.name", None, "clerk", datetime(2025, 3, 1, 9), "登記表模糊")
    assert "org.name" not in merge([paper("company_registration_form", org__name="晨光")], [entry]).known()


def test_head_counts_of_two_months_do_not_contradict_each_other() -> None:
    case = merge([paper("insured_headcount_table", "a" * 64, hc__latest_month="2025-01", hc__latest_count=30),
                  paper("insurance_premium_bill", "b" * 64, hc__latest_month="2025-02", hc__latest_count=31)])
    assert case.known()["hc.insured_latest_count"] == 31
    assert case.known()["hc.insured_latest_period"] == "2025-02"
    assert not case.conflicts


def test_a_form_of_setting_up_gives_the_founding_date_and_one_of_change_the_last_change() -> None:
    fields = {"reg__form_kind": "設立", "reg__approval_date": "2019-06-01"}
    assert merge([paper("company_registration_form", **fields)]).known()["org.founding_date"] == "2019-06-01"
    known = merge([paper("company_registration_form", **(fields | {"reg__form_kind": "變更"}))]).known()
    assert "org.founding_date" not in known
    assert known["org.last_change_date"] == "2019-06-01"


def test_what_follows_from_a_paper_is_computed_and_says_so() -> None:
    case = merge([paper("company_registration_form", org__registered_address="台北市信義區松仁路1號", reg__form_kind="變更")])
    assert case.known()["org.registered_city"] == "臺北市"
    assert case.known()["org.registration_kind"] == "company"
    assert case.known()["doc.registration_form"]["present"] is True
    assert case.known()["org.is_foreign_branch"] is False
    assert isinstance(case.facts["org.registered_city"].origins[0], Computed)


def test_an_invoice_becomes_a_purchase_and_says_nothing_of_the_applicant() -> None:
    case = merge([paper("uniform_invoice", inv__date="2025-01-02", inv__total_amount=10_500, inv__number="ZX10293847",
                        inv__seller_uniform_no="04595257")])
    assert case.known()["purchase"] == [
        {"date": "2025-01-02", "amount": 10_500, "invoice_no": "ZX10293847", "supplier_uniform_no": "04595257"}]
    assert "org.uniform_no" not in case.known()


def test_facts_json_gives_back_origins_doubts_and_conflicts() -> None:
    before = merge([paper("company_registration_form", "a" * 64, org__uniform_no="04595257", org__name="晨光"),
                    paper("company_approval_letter", "b" * 64, org__uniform_no="10458575"),
                    paper("business_registration_transcript", "c" * 64, REVIEW, fin__paid_in_capital=9)],
                   [Entry("org.phone", "02-1", "clerk", datetime(2025, 3, 1, 9), "電話詢問")])
    data = before.as_json()
    after = from_facts(data, before.known(), "facts.json", datetime(2025, 3, 2))
    assert after.as_json() == data
    bare = from_facts({"org.name": "晨光"}, {"org.name": "晨光"}, "facts.json", datetime(2025, 3, 2))
    assert bare.facts["org.name"].origins == (Entry("org.name", "晨光", "facts.json", datetime(2025, 3, 2), "由事實檔提供"),)


def test_a_reading_survives_its_json() -> None:
    before = paper("company_registration_form", org__name="晨光股份有限公司")
    assert FileReading.from_json(before.as_json()) == before


def test_the_ink_shown_for_a_value_is_ink_that_says_so() -> None:
    other = paper("insured_headcount_table", "a" * 64, REVIEW, ins__unit_name="乙股份有限公司")
    own = paper("insured_headcount_table", "b" * 64, ins__unit_name="甲股份有限公司")
    fact = merge([other, own]).facts["ins.unit_name"]
    assert fact.value == "甲股份有限公司"
    assert [o.text for o in fact.origins if isinstance(o, Read)] == ["甲股份有限公司", "乙股份有限公司"]
