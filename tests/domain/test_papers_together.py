"""Papers of one case side by side: whose they are, which edition stands, what is stale, what came twice."""

from datetime import date, datetime

import pytest

from domain.case import merge
from domain.document import Box
from domain.field import ACCEPTED, REVIEW, DocumentReading, Entry, FileReading, Reading
from domain.identity import Owner, owner
from domain.notice import INCOMPLETE, NEARLY, OTHER_FIRM, STALE, TWICE, notices

OURS, THEIRS = "04595257", "10458575"


def paper(kind: str, letter: str, status: str = ACCEPTED, problems: tuple[str, ...] = (), **said: object) -> FileReading:
    fields = {k.replace("__", "."): Reading(v, str(v), 1, Box(0.1, 0.2, 0.3, 0.22), 0.99, status) for k, v in said.items()}
    return FileReading(f"{letter}.pdf", letter * 64, 1, (DocumentReading(kind, 0.99, (1,), fields, problems),))


FORM = paper("company_registration_form", "a", org__uniform_no=OURS, org__name="晨光機械股份有限公司", fin__paid_in_capital=5_000_000,
             reg__form_kind="設立", reg__approval_date="2020-03-02")
LETTER = paper("company_approval_letter", "b", org__uniform_no=OURS, org__name="晨光機械股份有限公司")


def test_a_paper_of_another_number_says_nothing_for_sure() -> None:
    other = paper("registry_printout", "c", org__uniform_no=THEIRS, org__name="暮色食品有限公司", org__status="核准設立",
                  fin__paid_in_capital=1)
    case = merge([FORM, LETTER, other])
    assert case.known()["org.uniform_no"] == OURS
    assert case.known()["fin.paid_in_capital"] == 5_000_000
    assert "org.status" not in case.known()
    assert case.facts["org.status"].status == REVIEW
    (notice,) = notices([FORM, LETTER, other])
    assert notice.code == OTHER_FIRM
    assert THEIRS in notice.message
    assert notice.files == ("c.pdf",)


def test_the_insured_unit_is_the_applicant_its_branch_or_another_firm() -> None:
    def count(name: str) -> object:
        return merge([FORM, paper("insurance_premium_bill", "c", ins__unit_name=name, hc__latest_month="2024-09", hc__latest_count=7)]
                     ).known().get("hc.insured_latest_count")

    assert count("晨光機械股份有限公司") == 7
    assert count("晨光機械股份有限公司台北分公司") == 7
    assert count("暮色食品有限公司") is None


def test_a_name_that_differs_in_one_character_is_told_as_such_and_never_mended() -> None:
    near = paper("insurance_premium_bill", "c", ins__unit_name="晨光機减股份有限公司", hc__latest_count=7)
    assert [n.code for n in notices([FORM, near])] == [NEARLY]
    assert merge([FORM, near]).facts["ins.unit_name"].value == "晨光機减股份有限公司"


@pytest.mark.parametrize(("buyer", "seller", "known"), [(OURS, THEIRS, True), (THEIRS, OURS, True), (THEIRS, "53212539", False)])
def test_an_invoice_names_the_applicant_as_buyer_or_seller(buyer: str, seller: str, known: bool) -> None:
    invoice = paper("uniform_invoice", "c", inv__number="AB12345678", inv__buyer_uniform_no=buyer, inv__seller_uniform_no=seller)
    assert (notices([FORM, invoice]) == ()) is known


def test_an_invoice_that_shows_only_the_seller_may_be_the_applicants() -> None:
    assert notices([FORM, paper("einvoice_proof", "c", inv__seller_uniform_no=THEIRS)]) == ()


def test_two_papers_that_disagree_have_no_owner_and_stay_a_contradiction() -> None:
    other = paper("company_approval_letter", "b", org__uniform_no=THEIRS)
    assert owner([FORM, other]) == Owner(None, "晨光機械股份有限公司")
    assert [c.field for c in merge([FORM, other]).conflicts] == ["org.uniform_no"]


THIRD = paper("registry_printout", "c", org__uniform_no=THEIRS, org__name="暮色食品有限公司")


@pytest.mark.parametrize("more", [(), (THIRD,)], ids=["one", "two"])
def test_the_account_says_whose_case_it_is_where_a_paper_states_its_number(more: tuple[FileReading, ...]) -> None:
    other = paper("company_approval_letter", "b", org__uniform_no=THEIRS, org__name="暮色食品有限公司", reg__form_kind="變更")
    files = [FORM, other, *more]
    assert owner(files, (), OURS) == Owner(OURS, "晨光機械股份有限公司")
    case = merge(files, account=OURS)
    assert (case.known()["org.uniform_no"], case.known()["reg.form_kind"], case.conflicts) == (OURS, "設立", ())
    assert [n.code for n in notices(files, account=OURS)] == [OTHER_FIRM] * (1 + len(more))
    unnamed = paper("company_registration_form", "a", org__uniform_no=OURS)
    assert owner([unnamed, other], (), OURS) == Owner(OURS, None)
    assert [n.files for n in notices([unnamed, other], account=OURS)] == [("b.pdf",)]
    assert owner(files, (), "53212539").number != "53212539", "an account that no paper names says nothing"


def test_a_person_says_who_applies() -> None:
    entry = Entry("org.uniform_no", THEIRS, "clerk", datetime(2025, 3, 1, 9))
    unnamed = paper("registry_printout", "c", org__uniform_no=OURS)
    assert owner([FORM, LETTER], [entry]).number == THEIRS
    assert [n.files for n in notices([unnamed], [entry])] == [("c.pdf",)]


def test_mending_the_number_of_a_paper_does_not_make_it_another_firms() -> None:
    entry = Entry("org.uniform_no", THEIRS, "clerk", datetime(2025, 3, 1, 9), "看過正本")
    case = merge([FORM, LETTER], [entry])
    assert case.known()["org.uniform_no"] == THEIRS
    assert case.known()["fin.paid_in_capital"] == 5_000_000
    assert notices([FORM, LETTER], [entry]) == ()


def test_the_later_registration_stands_and_the_earlier_stays_as_origin() -> None:
    change = paper("company_registration_form", "c", org__uniform_no=OURS, org__name="晨光機械股份有限公司", fin__paid_in_capital=8_000_000,
                   reg__form_kind="變更", reg__approval_date="2023-05-09")
    case = merge([change, FORM])
    assert case.known()["fin.paid_in_capital"] == 8_000_000
    assert len(case.facts["fin.paid_in_capital"].origins) == 2
    assert "2023-05-09" in case.facts["fin.paid_in_capital"].notes[0]
    assert case.known()["org.founding_date"] == "2020-03-02"


def test_editions_of_one_day_or_of_no_day_do_not_settle_anything() -> None:
    undated = paper("company_registration_form", "c", org__uniform_no=OURS, fin__paid_in_capital=8_000_000)
    same_day = paper("registry_printout", "d", org__uniform_no=OURS, fin__paid_in_capital=8_000_000, org__founding_date="2020-03-02")
    for other in (undated, same_day):
        assert [c.field for c in merge([FORM, other]).conflicts] == ["fin.paid_in_capital"]


def test_a_founding_date_is_never_taken_from_the_later_paper() -> None:
    printout = paper("registry_printout", "c", org__uniform_no=OURS, org__founding_date="2021-01-01", org__last_change_date="2024-01-01")
    assert [c.field for c in merge([FORM, printout]).conflicts] == ["org.founding_date"]


def test_two_files_in_doubt_for_want_of_a_witness_vouch_for_each_other_but_not_against_a_doubt() -> None:
    a, b = (paper("registry_printout", x, REVIEW, org__responsible_person="林晨") for x in "ab")
    assert merge([a, b]).known()["org.responsible_person"] == "林晨"
    assert "org.responsible_person" not in merge([a, a]).known()
    assert "org.responsible_person" not in merge([a]).known()


def test_what_is_stale_depends_on_the_day() -> None:
    table = paper("insured_headcount_table", "c", hc__latest_month="2024-09", ins__printed_on="2024-11-05")
    assert notices([table]) == ()
    assert notices([table], day=date(2024, 11, 20)) == ()
    assert [n.code for n in notices([table], day=date(2024, 12, 20))] == [STALE], "its age is told once"
    printed = paper("insured_headcount_table", "c", ins__printed_on="2024-11-05")
    assert [n.code for n in notices([printed], day=date(2024, 12, 20))] == [STALE]


def test_what_came_twice_and_what_is_incomplete_is_told() -> None:
    invoice = paper("uniform_invoice", "c", inv__number="AB12345678", inv__seller_uniform_no=THEIRS)
    again = paper("einvoice_proof", "d", inv__number="AB12345678", inv__seller_uniform_no=THEIRS)
    part = paper("vat_return", "e", problems=("文件印有共 3 頁，只收到 1 頁，請補齊。",))
    assert [n.code for n in notices([invoice, invoice])] == [TWICE]
    assert [n.code for n in notices([invoice, again])] == [TWICE]
    assert [n.code for n in notices([part])] == [INCOMPLETE]
