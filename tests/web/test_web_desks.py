"""The desks of clerk and auditor: a box read again, a save taken back, who else looks, tabs, many at once, re-keying, figures."""

from __future__ import annotations

import html
import re

import pytest
from house import FORM, HEADCOUNT, House, Visitor, hurry, letters, wait
from sqlalchemy.orm import Session

from domain.field import Read
from intake.people import audit
from intake.store import rekey, repository
from intake.web import values


@pytest.fixture(scope="module")
def sent(house: House) -> str:
    """A case that was read and sent in."""
    return send(house)


def send(house: House, *papers: str) -> str:
    """A case that was read, decided and sent in; its forms may still be on their way."""
    number = house.read_case(papers=papers or (FORM,))
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    assert shop.post(f"/cases/{number}/submit", {"version": shop.version}).status_code == 200
    return number


def spot(house: House, number: str, field: str) -> tuple[int, int, str]:
    """The paper, page and box from which a field was read."""
    with house.database.reading() as session:
        case = repository.case(session, number).id
        read = next(o for o in repository.facts(session, case).facts[field].origins if isinstance(o, Read))
        paper = next(p for p in repository.papers(session, case) if p.sha256 == read.document)
    return paper.id, read.page, ",".join(f"{v:.5f}" for v in read.box.grown(0.004, 0.003).as_list())


def hidden(page: str) -> dict[str, str]:
    return {k: html.unescape(v) for k, v in re.findall(r'name="(said|seal)" value="([^"]*)"', page)}


def value(house: House, number: str, field: str) -> object:
    with house.database.reading() as session:
        fact = repository.facts(session, repository.case(session, number).id).facts.get(field)
    return fact.value if fact else None


def ask(clerk: Visitor, number: str, field: str, at: tuple[int, int, str]) -> str:
    clerk.get(f"/desk/cases/{number}")
    token = clerk.token
    answer = clerk.client.post(f"/desk/cases/{number}/box", data={
        "token": token, "field": field, "paper": at[0], "page": at[1], "box": at[2], "turn": 0})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_box_is_read_again_and_kept_as_the_values_origin(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    proposal = ask(clerk, sent, "org.responsible_person", spot(house, sent, "org.responsible_person"))
    read = value(house, sent, "org.responsible_person")
    assert f'data-value="{read}"' in proposal
    clerk.get(f"/desk/cases/{sent}")
    clerk.post(f"/desk/cases/{sent}/facts", {"field": "org.responsible_person", "value": "王示範", "seen": read, "version": clerk.version}
               | hidden(proposal))
    assert value(house, sent, "org.responsible_person") == "王示範"
    with house.database.reading() as session:
        entry = repository.entries(session, repository.case(session, sent).id)[-1]
        assert any(x.detail.get("what") == "box" for x in audit.search(session, audit.AuditFilter(action=audit.READ)))
    assert entry.confirms is not None
    assert (entry.confirms.text, entry.confirms.status) == (read, "review")


def test_a_reading_that_was_not_made_here_is_refused(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    forged = hidden(ask(clerk, sent, "org.name", spot(house, sent, "org.name")))
    forged["said"] = forged["said"].replace("review", "accepted")
    clerk.get(f"/desk/cases/{sent}")
    said = {"field": "org.name", "value": "別的公司", "seen": "", "version": clerk.version}
    answer = clerk.post(f"/desk/cases/{sent}/facts", said | forged)
    assert answer.status_code == 403


def test_a_box_of_another_case_is_refused(house: House, sent: str) -> None:
    other = send(house, HEADCOUNT)
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{other}")
    paper, page, box = spot(house, sent, "org.name")
    drawn = {"field": "org.name", "paper": paper, "page": page, "box": box, "turn": 0}
    assert clerk.client.post(f"/desk/cases/{other}/box", data=drawn | {"token": clerk.token}).status_code == 403
    shop = house.signed_in("shop")
    shop.get("/cases")
    assert shop.post(f"/desk/cases/{sent}/box", drawn).status_code == 403


def test_a_field_that_was_not_read_can_be_added_and_taken_back(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{sent}")
    assert 'value="fin.prior_year_revenue"' in clerk.page
    clerk.post(f"/desk/cases/{sent}/facts", {"act": "new", "field": "fin.prior_year_revenue", "value": "8,500萬", "version": clerk.version})
    assert value(house, sent, "fin.prior_year_revenue") == 85_000_000
    clerk.get(f"/desk/cases/{sent}")
    assert "您上一次存的：" in clerk.page
    clerk.post(f"/desk/cases/{sent}/undo", {"version": clerk.version})
    assert value(house, sent, "fin.prior_year_revenue") is None
    auditor = house.signed_in("auditor")
    assert "復原前一次的填寫或確認" in auditor.get("/audit/value", params={"case": sent, "field": "fin.prior_year_revenue"}).text


def test_two_clerks_see_each_other(house: House, sent: str) -> None:
    one, two = house.signed_in("clerk"), house.signed_in("clerk-two")
    for visitor in (one, two):
        visitor.get(f"/desk/cases/{sent}")
        visitor.client.post(f"/desk/cases/{sent}/here", data={"token": visitor.token})
    assert "承辦乙 也在看這一件" in one.get(f"/desk/cases/{sent}").text
    two.client.post(f"/desk/cases/{sent}/gone", data={"token": two.token})
    assert "也在看這一件" not in one.get(f"/desk/cases/{sent}").text


def test_a_tab_keeps_a_filter_with_its_count(house: House, sent: str) -> None:
    clerk, other = house.signed_in("clerk"), house.signed_in("clerk-two")
    clerk.get("/desk", params={"q": sent})
    clerk.post("/desk/tabs", {"name": "這一件", "q": sent})
    tab = re.search(r'<a href="([^"]+)" aria-current="page">這一件 <span class="num">1</span>', clerk.page)
    assert tab, clerk.page
    assert "這一件" not in other.get("/desk").text
    drop = re.search(r'action="(/desk/tabs/\d+/drop)"', clerk.page)
    assert drop
    clerk.post(drop[1])
    assert "這一件" not in clerk.page


def test_many_are_taken_and_asked_each_with_its_own_letter(house: House) -> None:
    numbers = [send(house), send(house, HEADCOUNT)]
    clerk = house.signed_in("clerk")
    clerk.get("/desk", params={"sort": "-age"})
    chosen = re.findall(rf'value="((?:{"|".join(numbers)}):\d+)"', clerk.page)
    assert len(chosen) == 2
    clerk.post("/desk/many", {"act": "take", "case": chosen})
    assert clerk.page.count("已列為您承辦") == 2
    stale = clerk.post("/desk/many", {"act": "send", "case": chosen[:1], f"why-{numbers[0]}": "請補件"})
    assert "完成 0 件" in stale.text
    clerk.get("/desk", params={"sort": "-age"})
    chosen = re.findall(rf'value="((?:{"|".join(numbers)}):\d+)"', clerk.page)
    clerk.post("/desk/many", {"act": "supplement", "case": chosen})
    ready = {n: html.unescape(t) for n, t in re.findall(r'name="why-([\d-]+)"[^>]*>([^<]*)</textarea>', clerk.page)}
    assert set(ready) == set(numbers)
    assert ready[numbers[0]] != ready[numbers[1]]
    done = clerk.post("/desk/many", {"act": "send", "case": chosen} | {f"why-{numbers[0]}": ready[numbers[0]], f"why-{numbers[1]}": ""})
    assert "完成 1 件，未變動 1 件" in done.text
    with house.database.reading() as session:
        assert repository.case(session, numbers[0]).state == "supplement"
        assert repository.case(session, numbers[1]).state == "submitted"
    hurry(house)
    wait(lambda: any(numbers[0] in text and ready[numbers[0]].splitlines()[1] in text for text in letters(house)))


def test_the_words_of_papers_are_found(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    with house.database.reading() as session:
        case = repository.case(session, sent).id
        fields = {r.text for f in repository.readings(session, case) for d in f.documents for r in d.fields.values()}
        (text,) = repository.texts(session, case)
    elsewhere = [w for w in re.findall(r"[\u4e00-\u9fff]{5,}", text) if not any(w in f for f in fields)]
    assert elsewhere, "the paper says nothing beside its fields"
    for word in (max(fields, key=len), elsewhere[0], f"{sent} {elsewhere[-1]}"):
        assert sent in clerk.get("/desk", params={"q": word}).text, word
    assert f"/desk/cases/{sent}" not in clerk.get("/desk", params={"q": "沒有這樣的字"}).text


def test_re_keying_never_shows_the_machines_value(house: House, sent: str) -> None:
    auditor = house.signed_in("auditor")
    auditor.get("/audit/rekey")
    page = auditor.post("/audit/rekey", {"size": "6", "seed": "3"})
    seen = set()
    number = re.search(r"/audit/rekey/(\d+)/\d+$", str(page.url))
    assert number
    while re.search(r"/audit/rekey/\d+/\d+$", str(page.url)):
        place = str(page.url)
        assert place not in seen
        seen.add(place)
        with house.database.reading() as session:
            from_store = _machine(session, place)
        for shown in from_store:
            assert shown not in re.sub(r'content="[^"]*"|value="\w{64}"', "", page.text)
        page = auditor.post(place.removeprefix(house.url), {"act": "unreadable"})
    assert len(seen) == 6
    assert "看不清楚的 6 個不計" in page.text or "鍵入之後" in page.text
    assert house.signed_in("clerk").get("/audit/rekey").status_code == 403


def _machine(session: Session, place: str) -> list[str]:
    """What the machine read there, as a page would show it."""
    number, of = place.rsplit("/", 2)[1:]
    item = rekey.item(session, int(number), int(of))
    return [t for t in {values.shown(item.field, item.machine), values.box(item.field, item.machine)} if len(t) > 3]


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_every_point_of_the_figures_leads_somewhere(house: House, sent: str, step: str) -> None:
    auditor = house.signed_in("auditor")
    page = auditor.get("/audit/figures", params={"step": step}).text
    assert page.count('<svg class="plot"') == 6
    addresses = {html.unescape(a) for a in re.findall(r'<a href="(/audit/[^"]+)" aria-label', page)}
    assert {re.search(r"what=(\w+)", a)[1] for a in addresses if "what=" in a} >= {"acceptance", "time", "came", "stand"}  # type: ignore[index]
    for address in addresses:
        answer = auditor.get(address)
        assert answer.status_code == 200
        assert "這段期間沒有紀錄" not in answer.text or "what=silent" in address
        if "what=came" in address:
            assert html.escape(address.replace("what=came", "what=ended")) in answer.text, "one covered by another is reached from it"
