"""「我符合哪些」: every programme by what is known, what would change it, and an application begun with it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from house import FORM, House

from domain.case import CaseFacts
from domain.field import Computed, Entry, Fact
from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.overview import STATES
from eligibility.programme import find, load
from eligibility.what_if import what_if
from intake import clock
from intake.store import repository
from intake.store.views import DecisionView
from intake.web import findings, fitting, ways
from intake.web.account import CONSENT_VERSION
from intake.web.text import Text

AT = clock.now()


def kept(programme: str, facts: dict[str, object], day: date) -> DecisionView:
    made = decide(find(programme), facts, None, day)
    return DecisionView(1, made.programme, made.edition, made.as_of, made.outcome, made.as_json(), facts, AT)


def fact(field: str, value: object) -> Fact:
    return Fact(field, value, (Entry(field, value, "某人", AT),))


def cards(page: str) -> list[tuple[str, str]]:
    """Programme and standing of each card, in their order."""
    return re.findall(r'class="card fit" aria-labelledby="p-([\w-]+)">\s*<p class="state[^>]*><span[^>]*>.</span> <strong>([^<]+)', page)


@pytest.mark.parametrize("programme", load())
def test_a_way_stands_only_under_what_is_open_and_turns_it(programme: str) -> None:
    for example in examples(find(programme).folder)[:8]:
        decision = kept(programme, dict(example.facts), example.as_of or TODAY)
        found = ways.of_decision(decision, TODAY)
        seen = findings.outcome(decision, {}, Text("zh"), found)
        for f in (*seen.deciding, *seen.others, *seen.checks):
            assert f.ways == found.by_rule.get(f.rule, ())
            assert not f.ways or f.outcome in ("fail", "needs_evidence")


def test_nobody_is_told_to_have_been_founded_on_another_day() -> None:
    old = {"org.founding_date": "2001-03-02", "app.submitted_date": "2025-04-01", "fin.paid_in_capital": 5_000_000}
    decision = kept("youth-loan", old, TODAY)
    assert any(c.field == "org.founding_date" for c in what_if(find("youth-loan"), old, None, TODAY))
    assert not any(w.field == "org.founding_date" for w in ways.of_decision(decision, TODAY).every)


def test_the_day_on_which_an_answer_ends_is_told() -> None:
    young: dict[str, object] = {"org.founding_date": "2019-03-02", "app.submitted_date": "2025-04-01"}
    found = ways.of_decision(kept("tops-supplier", young, TODAY), TODAY)
    assert any(e.day == date(2027, 3, 2) for e in found.ends)


def test_no_way_is_shown_by_rules_that_have_changed_since() -> None:
    decision = kept("green-giant", {"fin.paid_in_capital": 900_000_000, "org.industry_section": "製造業"}, TODAY)
    assert ways.of_decision(decision, TODAY).every
    older = DecisionView(1, decision.programme, "0000", decision.as_of, decision.outcome, decision.decision, decision.facts, AT)
    assert ways.of_decision(older, TODAY) == ways.NONE
    forgotten = DecisionView(1, decision.programme, decision.edition, decision.as_of, decision.outcome, decision.decision,
                             {"org.no_such": 1}, AT)
    assert ways.of_decision(forgotten, TODAY) == ways.NONE


def test_what_belongs_to_one_application_says_nothing_of_another_and_an_answer_makes_what_follows_anew() -> None:
    taipei = "臺北市信義區松仁路1號"
    facts = CaseFacts({f: fact(f, v) for f, v in {"app.mode": "energy", "plan.name": "甲", "org.name": "乙公司",
                                                 "org.registered_address": "高雄市前鎮區中山路1號"}.items()})
    follows = {"org.registered_city": Fact("org.registered_city", "高雄市", (Computed(("org.registered_address",), ""),))}
    facts = CaseFacts({**facts.facts, **follows}, about={"case.agreeing_papers": 2})
    assert fitting.known(facts, {}, "某人").known() == {
        "org.name": "乙公司", "org.registered_address": "高雄市前鎮區中山路1號", "org.registered_city": "高雄市"}
    moved = fitting.known(facts, {"org.registered_address": taipei, "org.name": None}, "某人").known()
    assert moved == {"org.registered_address": taipei, "org.registered_city": "臺北市"}


def test_questions_are_those_that_several_programmes_ask() -> None:
    asked = fitting.brief_questions()
    assert asked[0] == "fin.paid_in_capital"
    assert len(asked) == len(set(asked)) <= 12
    assert not any(f.startswith(fitting.OF_ONE_APPLICATION) for f in asked)


def test_before_any_case_each_programme_has_its_card_and_answers_are_kept_nowhere(house: House) -> None:
    visitor = house.signed_in("rival")
    assert 'href="/cases/programmes"' in visitor.get("/cases/new").text
    first = visitor.get("/cases/programmes")
    assert sorted(p for p, _ in cards(first.text)) == sorted(load())
    assert {s for _, s in cards(first.text)} <= {*STATES.values(), "符合"}
    before = len(house.api("rival").get("/cases").json())
    answered = visitor.post("/cases/programmes", {"fin.paid_in_capital": "500萬", "org.industry_section": "製造業"})
    assert ("sme-std", "符合") in cards(answered.text)
    assert 'value="5,000,000"' in answered.text
    assert len(house.api("rival").get("/cases").json()) == before


def test_a_wrong_answer_stays_in_its_box_and_begins_nothing(house: House) -> None:
    visitor = house.signed_in("rival")
    visitor.get("/cases/programmes")
    before = len(house.api("rival").get("/cases").json())
    answer = visitor.post("/cases/programmes", {"fin.paid_in_capital": "很多", "app.submitted_date": "昨天", "begin": "tops-buyer"})
    assert answer.status_code == 422
    assert 'value="很多"' in answer.text
    assert 'value="昨天"' in answer.text
    assert len(house.api("rival").get("/cases").json()) == before


def test_an_application_begins_with_the_answers_once_it_is_agreed_to(house: House) -> None:
    visitor = house.signed_in("rival")
    visitor.get("/cases/programmes")
    page = visitor.post("/cases/programmes", {"fin.paid_in_capital": "500萬", "org.industry_section": "製造業", "begin": "tops-buyer"})
    found = re.search(r'action="/cases/([\d-]+)/consent"', page.text)
    assert found
    number = found[1]
    api = house.api("rival")
    assert "fin.paid_in_capital" not in api.get(f"/cases/{number}/facts").json()
    waiting = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', page.text))
    refused = visitor.post(f"/cases/{number}/consent", waiting)
    assert refused.status_code == 422
    again = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', refused.text))
    assert again.items() >= {"fin.paid_in_capital": "5,000,000", "org.industry_section": "製造業"}.items()
    visitor.post(f"/cases/{number}/consent", again | {"agree": CONSENT_VERSION})
    facts = api.get(f"/cases/{number}/facts").json()
    assert facts["fin.paid_in_capital"] == 5_000_000
    assert facts["origins"]["fin.paid_in_capital"][0]["entered_by"] == "另一家有限公司"
    visitor.get("/cases/programmes")
    assert f"接著做案件 {number}" in visitor.page


def test_papers_and_own_answers_come_along_with_their_ink_and_a_clerks_do_not(house: House) -> None:
    number = house.read_case(papers=(FORM,))
    visitor, api = house.signed_in("shop"), house.api("shop")
    visitor.get(f"/cases/{number}/questions")
    said = {"fin.prior_year_revenue": "8,500萬", "advisor.name": "示範中心"}
    visitor.post(f"/cases/{number}/questions", said | {"version": visitor.version})
    visitor.get(f"/cases/{number}/forms")
    visitor.post(f"/cases/{number}/submit", {"version": visitor.version})
    clerk = house.api("clerk")
    version = clerk.get(f"/cases/{number}").json()["version"]
    assert clerk.post(f"/cases/{number}/entries", json={"version": version, "values": {"org.fax": "02-0000"}}).status_code == 201
    visitor.get(f"/cases/{number}/programmes")
    assert "green-giant" not in [p for p, _ in cards(visitor.page)]
    page = visitor.post(f"/cases/{number}/programmes", {"begin": "tops-supplier", "fin.paid_in_capital": "1"})
    new = re.search(r'action="/cases/([\d-]+)/consent"', page.text)
    assert new
    waiting = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', page.text))
    assert waiting["from"] == number
    assert api.get(f"/cases/{new[1]}/papers").json() == []
    visitor.post(f"/cases/{new[1]}/consent", waiting | {"agree": CONSENT_VERSION})
    was, now = (api.get(f"/cases/{n}/facts").json() for n in (number, new[1]))
    assert now["origins"]["org.name"] == was["origins"]["org.name"]
    assert now["fin.paid_in_capital"] == was["fin.paid_in_capital"], "what a paper says is not overwritten by an answer on the way"
    assert now["fin.prior_year_revenue"] == 85_000_000
    assert number in now["origins"]["fin.prior_year_revenue"][0]["why"]
    assert not {"org.fax", "advisor.name", "app.submitted_date"} & now.keys()
    paper = api.get(f"/cases/{new[1]}/papers").json()[0]
    assert paper["state"] == "read"
    assert api.get(f"/papers/{paper['id']}/pages/1.webp").status_code == 200
    assert f"1 份文件是從案件 {number} 帶過來的" in visitor.get(f"/cases/{new[1]}/papers").text
    house.settle(new[1])
    result = visitor.get(f"/cases/{new[1]}/result").text
    assert "其他符合的計畫" in result
    assert 'programmes#p-sme-std"' not in result, "nobody can apply for a standard"


def test_what_was_applied_for_already_is_not_offered_again(house: House) -> None:
    visitor = house.signed_in("rival")
    number = visitor.new_case("youth-loan")
    assert f"接著做案件 {number}" in visitor.get("/cases/programmes").text
    visitor.get(f"/cases/{number}/forms")
    visitor.post(f"/cases/{number}/submit", {"version": visitor.version})
    card = re.search(r'aria-labelledby="p-youth-loan".*?</section>', visitor.get("/cases/programmes").text, re.S)
    assert card
    assert re.search(rf"已申請</span>.*看案件 {number}</a>", card[0])
    assert 'value="youth-loan"' not in card[0]


def test_nobody_takes_along_what_is_anothers(house: House, read_case: str) -> None:
    rival = house.signed_in("rival")
    assert rival.get(f"/cases/{read_case}/programmes").status_code == 404
    mine = rival.new_case("tops-buyer", consent=False)
    rival.get(f"/cases/{mine}/consent")
    assert rival.post(f"/cases/{mine}/consent", {"agree": CONSENT_VERSION, "from": read_case}).status_code == 404
    with house.database.reading() as session:
        assert repository.papers(session, repository.case(session, mine).id) == []


def test_the_api_ranks_the_programmes_of_a_case_by_day(house: House, read_case: str) -> None:
    api = house.api("shop")
    found = api.get(f"/cases/{read_case}/programmes").json()
    assert [s["rank"] for s in found] == list(range(1, len(load()) + 1))
    order = [list(STATES).index(s["state"]) for s in found]
    assert order == sorted(order)
    assert all(s.keys() >= {"programme", "findings", "missing_papers", "missing_fields", "what_if", "until"} for s in found)
    then = api.get(f"/cases/{read_case}/programmes", params={"as_of": "2019-02-20"}).json()
    assert {s["as_of"] for s in then} == {"2019-02-20"}
    assert api.get(f"/cases/{read_case}/programmes", params={"as_of": "soon"}).status_code == 422


def test_result_and_desk_say_what_would_change_each_answer(house: House, read_case: str) -> None:
    with house.database.reading() as session:
        decision = repository.latest_decision(session, repository.case(session, read_case).id)
    assert decision is not None
    said = ways.of_decision(decision, clock.today()).every
    assert said
    for page in (house.signed_in("shop").get(f"/cases/{read_case}/result"), house.signed_in("clerk").get(f"/desk/cases/{read_case}")):
        assert said[0].sentence in page.text


def test_a_standard_is_asked_but_nobody_applies_for_it(house: House) -> None:
    shop = house.signed_in("shop")
    shop.get("/cases/new")
    assert shop.post("/cases/new", {"programme": "sme-std"}).status_code == 422
    assert 'value="sme-std"' not in shop.get("/cases/new").text
    page = shop.get("/cases/programmes").text
    assert 'aria-labelledby="p-sme-std"' in page
    assert 'name="begin" value="sme-std"' not in page
    assert 'name="begin" value="tops-buyer"' in page


def test_a_programme_whose_time_is_over_is_closed_for_who_asks_today() -> None:
    facts = {"org.industry_section": "製造業", "fin.paid_in_capital": 5_000_000}
    late = {c.standing.programme.id: c.standing for c in fitting.cards(facts, date(2026, 11, 20), ())}["green-giant"]
    assert late.state == "closed"
    assert any("期限" in f.explanation for f in late.failed)
    early = {c.standing.programme.id: c.standing for c in fitting.cards(facts, date(2019, 2, 20), ())}["green-giant"]
    assert early.state != "closed"


def test_a_case_that_does_not_fit_leads_to_the_others(house: House) -> None:
    number = house.read_case(programme="tops-supplier")
    visitor = house.signed_in("shop")
    page = visitor.get(f"/cases/{number}/result").text
    above, _, others = page.partition('id="others"')
    way = re.search(rf'href="/cases/{number}/programmes#(p-[a-z0-9-]+)"', others)
    if way:
        assert 'href="#others">看其他符合的計畫' in above
        assert f'id="{way[1]}"' in visitor.get(f"/cases/{number}/programmes").text
    else:
        assert f'href="/cases/{number}/programmes">看全部計畫還差什麼' in above
