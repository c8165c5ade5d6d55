"""One case through the three desks: what was read stands beside its ink, a person's word is kept beside it, and the log knows."""

from __future__ import annotations

import re

import pytest
from house import FORM, HEADCOUNT, LETTER, House, Visitor, hurry, letters, sample, wait
from test_web_desks import send

from domain.case import CaseFacts
from domain.field import Fact
from intake.store import repository
from intake.web import facts, questions

SCANNED = "reg-limited-setup-q1"


def fields_shown(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_what_was_read_stands_beside_its_ink(house: House, read_case: str) -> None:
    page = house.signed_in("shop").get(f"/cases/{read_case}/check").text
    facts = house.api("shop").get(f"/cases/{read_case}/facts").json()
    assert facts["org.name"] in page
    assert f"{facts['fin.paid_in_capital']:,} 元" in page
    crop = r'<svg class="ink[^>]*viewBox="([\d ]+)".*?href="/papers/\d+/pages/\d+\.webp" width="(\d+)" height="(\d+)"'
    crops = re.findall(crop, page, re.S)
    assert len(crops) >= 8
    for box, width, height in crops:
        x, y, w, h = map(int, box.split())
        assert 0 <= x < x + w <= int(width) + 1
        assert 0 <= y < y + h <= int(height) + 1


def test_a_fact_without_any_origin_breaks_no_page(house: House, read_case: str) -> None:
    bare = CaseFacts({"purchase": Fact("purchase", [{}], ())})
    with house.database.reading() as session:
        assert facts.views(session, repository.case(session, read_case).id, bare) == []
    assert questions.questions((), bare, None) == []


def test_a_persons_value_is_another_origin_and_never_an_overwrite(house: House) -> None:
    number = house.read_case()
    visitor, api = house.signed_in("shop"), house.api("shop")
    visitor.get(f"/cases/{number}/check")
    before = api.get(f"/cases/{number}/facts").json()["fin.paid_in_capital"]
    body = {"field": "fin.paid_in_capital", "act": "change", "value": "1,234萬", "version": visitor.version}
    answer = visitor.post(f"/cases/{number}/check", body)
    assert answer.url.path.endswith("/check")
    facts = api.get(f"/cases/{number}/facts").json()
    assert "fin.paid_in_capital" not in facts
    (conflict,) = [c for c in facts["conflicts"] if c["field"] == "fin.paid_in_capital"]
    assert [v["value"] for v in conflict["values"]] == [12_340_000, before]
    origins = facts["review"]["fin.paid_in_capital"]["origins"]
    assert origins[0]["entered_by"] == "測試股份有限公司"
    assert origins[0]["confirms"]["text"].replace(",", "").startswith(str(before))
    assert any("box" in o for o in origins[1:])


def test_a_value_of_the_wrong_form_is_refused_and_stays_in_its_box(house: House) -> None:
    number = house.read_case()
    visitor = house.signed_in("shop")
    visitor.get(f"/cases/{number}/questions")
    body = {"fin.prior_year_revenue": "很多", "contact.name": "陳示範", "version": visitor.version}
    answer = visitor.post(f"/cases/{number}/questions", body)
    assert answer.status_code == 422
    assert "很多" in answer.text
    assert "應為：金額" in answer.text
    facts = house.api("shop").get(f"/cases/{number}/facts").json()
    assert facts["contact.name"] == "陳示範"
    assert "fin.prior_year_revenue" not in facts


def test_answers_reach_the_decision_and_the_second_saver_is_told_what_changed(house: House) -> None:
    number = house.read_case()
    one, two, api = house.signed_in("shop"), house.signed_in("shop"), house.api("shop")
    one.get(f"/cases/{number}/questions")
    two.get(f"/cases/{number}/questions")
    saved = one.post(f"/cases/{number}/questions", {"advisor.name": "財團法人示範中心", "version": one.version})
    assert saved.url.path.endswith("/result")
    stale = two.post(f"/cases/{number}/questions", {"advisor.name": "財團法人別的中心", "version": two.version})
    assert stale.status_code == 409
    assert "輔導單位名稱" in stale.text
    house.settle(number)
    proposers = next(f for f in api.get(f"/cases/{number}/decision").json()["findings"] if f["rule"] == "green-giant.proposers")
    assert proposers["outcome"] == "pass"
    assert proposers["used"]["advisor.name"] == "財團法人示範中心"
    page = one.get(f"/cases/{number}/result").text
    assert proposers["explanation"] in page
    assert proposers["clause"]["text"] in page.replace("&#34;", '"')


def test_papers_that_contradict_each_other_stand_side_by_side_until_one_is_chosen(house: House) -> None:
    number = house.read_case(papers=(FORM, LETTER))
    visitor, api = house.signed_in("shop"), house.api("shop")
    conflict = next(c for c in api.get(f"/cases/{number}/facts").json()["conflicts"] if c["field"] == "org.uniform_no")
    said = [v["value"] for v in conflict["values"]]
    assert len(said) == 2
    asked = visitor.get(f"/cases/{number}/papers").text
    ours = "&".join(f"ours={p}" for p in re.findall(r'id="paper-(\d+)"', asked))
    assert "文件之間不一樣" in visitor.get(f"/cases/{number}/check?{ours}").text
    body = {"field": "org.uniform_no", "act": "side", "side": "1", "version": visitor.version}
    assert visitor.post(f"/cases/{number}/check", body | {"seen": said[0]}).status_code == 409
    assert visitor.post(f"/cases/{number}/check", body | {"seen": said[1]}).status_code == 200
    facts = api.get(f"/cases/{number}/facts").json()
    assert facts["org.uniform_no"] == said[1]
    assert "org.uniform_no" not in {c["field"] for c in facts["conflicts"]}
    assert len([o for o in facts["origins"]["org.uniform_no"] if "box" in o]) == 2

    (notice,) = api.get(f"/cases/{number}/notices").json()
    assert notice["code"] == "other-firm"
    assert said[0] in notice["message"]
    assert notice["message"] in visitor.get(f"/cases/{number}/papers").text
    clerk = house.signed_in("clerk")
    assert notice["message"] in clerk.get(f"/desk/cases/{number}").text


@pytest.fixture(scope="module")
def sent(house: House) -> str:
    """A case with a scanned paper among its papers, sent in."""
    number = house.read_case(papers=(SCANNED, HEADCOUNT))
    visitor = house.signed_in("shop")
    visitor.get(f"/cases/{number}/forms")
    answer = visitor.post(f"/cases/{number}/submit", {"version": visitor.version})
    assert answer.url.path.endswith("/result")
    house.settle(number)
    return number


def test_after_sending_in_the_applicant_changes_nothing(house: House, sent: str) -> None:
    visitor = house.signed_in("shop")
    version = house.api("shop").get(f"/cases/{sent}").json()["version"]
    visitor.get(f"/cases/{sent}/check")
    body = {"field": "org.name", "act": "change", "value": "別的", "version": version}
    assert visitor.post(f"/cases/{sent}/check", body).status_code == 403
    assert visitor.upload(sent, ("晚到.pdf", sample("headcount-q0").read_bytes())).status_code == 403
    assert house.api("shop").post(f"/cases/{sent}/entries", json={"version": version, "values": {"contact.name": "晚"}}).status_code == 403


def test_the_clerk_confirms_mends_and_looks_up(house: House, sent: str) -> None:
    clerk, api = house.signed_in("clerk"), house.api("clerk")
    assert sent in clerk.get("/desk").text
    page = clerk.get(f"/desk/cases/{sent}").text
    settle = "org.responsible_person"
    seen = re.search(rf'name="field" value="{re.escape(settle)}"><input type="hidden" name="seen" value="([^"]*)"', page)
    assert seen
    answer = clerk.post(f"/desk/cases/{sent}/facts", {"field": settle, "seen": seen[1], "value": "林示範", "version": clerk.version})
    assert answer.status_code == 200
    assert api.get(f"/cases/{sent}/facts").json()[settle] == "林示範"
    rule = clerk.post(f"/desk/cases/{sent}/found", {"cmp.labor_dispute": "否", "why": "勞動部查詢系統", "version": clerk.version})
    assert rule.status_code == 200
    entry = next(e for e in api.get(f"/cases/{sent}/entries").json() if e["field"] == "cmp.labor_dispute")
    assert (entry["value"], entry["why"], entry["entered_by"]) == (False, "勞動部查詢系統", "承辦甲")


def test_a_second_clerk_is_told_what_the_first_changed(house: House, sent: str) -> None:
    first, second = house.signed_in("clerk"), house.signed_in("clerk-two")
    first.get(f"/desk/cases/{sent}")
    second.get(f"/desk/cases/{sent}")
    old = second.version
    body = {"field": "org.name", "seen": "", "value": "甲改的有限公司"}
    assert first.post(f"/desk/cases/{sent}/facts", body | {"version": first.version}).status_code == 200
    stale = second.post(f"/desk/cases/{sent}/facts", body | {"value": "乙改的有限公司", "version": old}, headers={"hx-request": "true"})
    assert stale.status_code == 409
    assert "承辦甲" in stale.text
    assert "公司全銜" in stale.text
    assert "<html" not in stale.text
    assert house.api("clerk").get(f"/cases/{sent}/facts").json()["org.name"] == "甲改的有限公司"


def test_what_one_confirms_must_be_what_one_saw(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{sent}")
    now = house.api("clerk").get(f"/cases/{sent}/facts").json()["org.uniform_no"]
    body = {"field": "org.uniform_no", "seen": "00000000", "value": now, "version": clerk.version}
    answer = clerk.post(f"/desk/cases/{sent}/facts", body)
    assert answer.status_code == 409


def test_a_supplement_needs_its_reason_and_reaches_the_applicant(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{sent}")
    body = {"state": "supplement", "version": clerk.version}
    assert clerk.post(f"/desk/cases/{sent}/state", body).status_code == 422
    assert clerk.post(f"/desk/cases/{sent}/state", body | {"why": "請補輔導計畫書"}).status_code == 200
    shop = house.signed_in("shop")
    assert "請補輔導計畫書" in shop.get(f"/cases/{sent}/papers").text
    assert shop.upload(sent, ("補件.pdf", sample("headcount-q0").read_bytes())).status_code == 200
    hurry(house)
    wait(lambda: any("請補輔導計畫書" in text for text in letters(house)))


def test_while_mending_the_applicant_cannot_touch_what_the_clerk_looked_up(house: House, sent: str) -> None:
    shop = house.signed_in("shop")
    shop.get(f"/cases/{sent}/check")
    version = house.api("shop").get(f"/cases/{sent}").json()["version"]
    body = {"field": "cmp.labor_dispute", "act": "change", "value": "是", "version": str(version)}
    assert shop.post(f"/cases/{sent}/check", body).status_code == 403


def test_the_table_masks_names_and_is_searched_by_the_papers_words(house: House, sent: str) -> None:
    clerk = house.signed_in("clerk")
    facts = house.api("clerk").get(f"/cases/{sent}/facts").json()
    table = clerk.get("/desk?q=" + facts["org.uniform_no"]).text
    assert sent in table
    assert facts["org.name"] not in table
    assert "沒有符合的案件" in clerk.get("/desk?q=沒有這種字串").text


def test_the_auditor_sees_where_a_value_comes_from_and_what_it_was(house: House, sent: str) -> None:
    auditor = house.signed_in("auditor")
    page = fields_shown(auditor.get(f"/audit/value?case={sent}&field=org.responsible_person").text)
    assert "林示範" in page
    assert "由文件讀出" in page
    assert "承辦甲" in page
    assert "rapidocr" in page


def test_the_log_knows_who_did_what_and_the_chain_holds(house: House, sent: str) -> None:
    api = house.api("auditor")
    lines = api.get("/audit", params={"record": f"case/{sent}"}).json()
    assert {"新增", "同意", "查詢", "修改", "判定"} <= {x["action"] for x in lines}
    changed = [x for x in lines if x["action"] == "修改" and x["who"] == "clerk-w"]
    assert any("org.responsible_person" in x["detail"].get("fields", []) for x in changed)
    assert all("林示範" not in str(x) for x in lines)
    verified = api.post("/audit/verify").json()
    assert verified["lines"] > 20
    auditor = house.signed_in("auditor")
    auditor.get("/audit")
    assert "紀錄完整" in auditor.post("/audit/verify").text
    csv = auditor.client.get("/audit/export.csv", params={"record": f"case/{sent}"})
    assert csv.headers["content-type"].startswith("text/csv")
    assert len(csv.text.splitlines()) == len(lines) + 1


@pytest.mark.office
def test_the_forms_can_be_taken_in_every_format_and_each_taking_is_in_the_log(house: House) -> None:
    number = house.read_case()
    visitor: Visitor = house.signed_in("shop")
    visitor.get(f"/cases/{number}/forms")
    visitor.post(f"/cases/{number}/forms")
    api = house.api("shop")
    wait(lambda: api.get(f"/cases/{number}").json()["progress"]["forms"] > 0)
    page = visitor.get(f"/cases/{number}/forms").text
    starts = {"pdf": b"%PDF", "docx": b"PK", "odt": b"PK"}
    for kind, start in starts.items():
        found = re.search(rf'href="(/cases/{number}/forms/F10\.{kind})"', page)
        assert found, kind
        answer = visitor.client.get(found[1])
        assert answer.content.startswith(start)
        assert answer.headers["content-disposition"].startswith("attachment")
    assert visitor.client.get(f"/cases/{number}/bundle.zip").content.startswith(b"PK")
    assert visitor.client.get(f"/cases/{number}/forms/F10/pages/1.webp").content[8:12] == b"WEBP"
    assert visitor.client.get(f"/cases/{number}/forms/F10/pages/99.webp").status_code == 404
    log = house.api("auditor").get("/audit", params={"record": "form/"}).json()
    assert {x["detail"]["format"] for x in log if x["action"] == "列印" and x["detail"]["case"] == number} == set(starts)


def test_the_head_of_a_column_sorts_the_queue_and_says_so(house: House) -> None:
    number = send(house)
    clerk = house.signed_in("clerk")
    page = clerk.get("/desk?sort=age").text
    assert 'aria-sort="ascending"><a href="?sort=-age"' in page
    kept = clerk.get(f"/desk?sort=age&programme=green-giant&q={number}").text
    assert f"?q={number}&amp;programme=green-giant&amp;sort=-age" in kept, "what the table shows goes along"
    for sort in ("due", "state", "title", "programme", "doubts", "-age"):
        answer = clerk.get(f"/desk?sort={sort}&mine=0")
        assert answer.status_code == 200
        assert answer.text.count("aria-sort=") == 1
