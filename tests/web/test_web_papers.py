"""Papers come in whole or with a reason; the rest of an upload goes on; progress is told as it happens."""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO

import pytest
from house import FORM, HEADCOUNT, LETTER, House, Visitor, events, sample, wait

from intake import clock
from intake.store import repository

GOOD = sample(LETTER)


def _zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("a.txt", "x" * 1000)
    return out.getvalue()


BAD = {
    "空.pdf": (b"", "empty"),
    "不是.pdf": (_zip(), "unsupported_type"),
    "截斷.jpg": (sample("transcript-q4").read_bytes()[:4000], "corrupt"),
    "網頁.pdf": (b"<html><script>alert(1)</script></html>", "unsupported_type"),
}


@pytest.fixture(scope="module")
def mixed(house: House) -> tuple[Visitor, str]:
    """A case into which bad files came together with a good one."""
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    answer = visitor.upload(number, *((n, d) for n, (d, _) in BAD.items()), (GOOD.name, GOOD.read_bytes()), as_json=True)
    assert [p["name"] for p in answer.json()["papers"]] == ["不是.pdf", "截斷.jpg", "網頁.pdf", GOOD.name]
    assert [r["code"] for r in answer.json()["refused"]] == ["empty"]
    api = house.api("shop")
    wait(lambda: all(p["state"] in ("read", "refused") for p in api.get(f"/cases/{number}/papers").json()))
    return visitor, number


def test_each_bad_file_is_refused_with_its_code_and_the_good_one_is_read(house: House, mixed: tuple[Visitor, str]) -> None:
    papers = {p["name"]: p for p in house.api("shop").get(f"/cases/{mixed[1]}/papers").json()}
    for name, (data, code) in BAD.items():
        if data:
            assert (papers[name]["state"], papers[name]["error_code"]) == ("refused", code)
    assert papers[GOOD.name]["state"] == "read"
    assert papers[GOOD.name]["kinds"] == ["company_approval_letter"]


def test_a_refusal_is_one_sentence_on_the_card_and_the_file_can_be_taken_out(mixed: tuple[Visitor, str]) -> None:
    visitor, number = mixed
    page = visitor.get(f"/cases/{number}/papers").text
    assert "這種檔案讀不了" in page
    assert "這個檔案打不開" in page
    found = re.search(rf'action="(/cases/{number}/papers/\d+/remove)"', page)
    assert found
    before = page.count('class="paper ')
    assert visitor.post(found[1]).text.count('class="paper ') == before - 1


def test_a_file_beyond_the_limit_is_refused_and_the_others_of_the_same_form_are_kept(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    big = b"%PDF-1.7\n" + bytes(house.settings.upload_max_bytes)
    answer = visitor.upload(number, ("大.pdf", big), (GOOD.name, GOOD.read_bytes()), as_json=True)
    assert [(r["name"], r["code"]) for r in answer.json()["refused"]] == [("大.pdf", "too_large")]
    assert [p["name"] for p in answer.json()["papers"]] == [GOOD.name]


def test_without_scripts_a_refusal_is_a_page_that_says_why(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    answer = visitor.upload(number, ("空.pdf", b""))
    assert answer.status_code == 422
    assert "這個檔案是空的" in answer.text
    visitor.get(f"/cases/{number}/papers")
    assert "請先選檔案" in visitor.post(f"/cases/{number}/papers").text


def test_the_same_file_twice_is_one_paper(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    for name in ("一.pdf", "二.pdf"):
        visitor.upload(number, (name, GOOD.read_bytes()))
    assert len(house.api("shop").get(f"/cases/{number}/papers").json()) == 1


def test_nothing_is_taken_in_before_the_consent(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case(consent=False)
    assert visitor.get(f"/cases/{number}/papers").url.path.endswith("/consent")
    answer = visitor.post(f"/cases/{number}/papers", files=[("file", (GOOD.name, GOOD.read_bytes()))])
    assert answer.status_code == 403
    assert house.api("shop").get(f"/cases/{number}/papers").json() == []


def test_a_name_with_a_path_or_markup_stays_a_name(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    name = "..%2F..\\<img src=x onerror=alert(1)>.pdf"
    visitor.upload(number, (name, GOOD.read_bytes()))
    page = visitor.get(f"/cases/{number}/papers").text
    assert "<img src=x" not in page
    api = house.api("shop")
    paper = api.get(f"/cases/{number}/papers").json()[0]
    file = api.get(f"/papers/{paper['id']}/file")
    assert file.content == GOOD.read_bytes()
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["content-type"] == "application/octet-stream"


def test_what_happens_is_told_as_it_happens(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    got = ""
    with visitor.client.stream("GET", f"/cases/{number}/events?after=0", timeout=120) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        other = house.visitor()
        other.client.cookies.update(visitor.client.cookies)
        other.upload(number, (GOOD.name, GOOD.read_bytes()))
        for piece in stream.iter_text():
            got += piece
            if "event: settled" in got:
                break
    states = [d["state"] for kind, d in events(got) if kind == "paper"]
    assert states[0] == "received"
    assert states[-1] == "read"
    assert "reading" in states
    ids = [int(i) for i in re.findall(r"^id: (\d+)$", got, re.M)]
    assert ids == sorted(set(ids))
    with visitor.client.stream("GET", f"/cases/{number}/events", headers={"last-event-id": str(ids[0])}, timeout=60) as again:
        text = next(t for t in again.iter_text() if "id: " in t)
    assert int(re.findall(r"^id: (\d+)$", text, re.M)[0]) == ids[1]


def test_the_picture_of_a_page_is_kept_by_the_browser_and_by_nobody_else(house: House, read_case: str) -> None:
    api = house.api("shop")
    paper = api.get(f"/cases/{read_case}/papers").json()[0]
    picture = api.get(f"/papers/{paper['id']}/pages/1.webp")
    assert picture.content[:4] == b"RIFF"
    assert picture.content[8:12] == b"WEBP"
    assert picture.headers["cache-control"].startswith("private")
    again = api.get(f"/papers/{paper['id']}/pages/1.webp", headers={"if-none-match": picture.headers["etag"]})
    assert again.status_code == 304
    assert api.get(f"/papers/{paper['id']}/pages/99.webp").status_code == 404


def test_a_paper_that_the_programme_has_no_use_for_is_said_kindly(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case("green-giant")
    invoice = sample("invoice-register-q0")
    visitor.upload(number, (invoice.name, invoice.read_bytes()))
    house.settle(number)
    assert "這個計畫沒有要這一份" in visitor.get(f"/cases/{number}/papers").text


def test_a_supplement_without_a_set_day_says_so_leads_to_what_is_asked_and_is_seen_to_come_in(house: House) -> None:
    number = house.read_case(papers=(FORM,), programme="tops-supplier")
    shop, clerk = house.signed_in("shop"), house.signed_in("clerk")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    house.settle(number)
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/state", {"state": "supplement", "why": "請補下列資料：\n1. 能否開立收據", "version": clerk.version})
    assert shop.get(f"/cases/{number}").url.path.endswith("/questions")
    assert "沒有規定補到哪一天" in shop.page
    shop.get(f"/cases/{number}/result")
    acts = re.search(r'承辦人員說.*?<p class="acts">(.*?)</p>', shop.page, re.S)
    assert acts
    shown = re.findall(r'class="button (plain|) ?small" href="/cases/[\d-]+/([a-z]+)', acts[1])
    assert shown[:2] == [("", "questions"), ("plain", "papers")]
    shop.get(f"/cases/{number}/questions")
    shop.post(f"/cases/{number}/questions", {"org.can_issue_receipt": "yes", "version": shop.version})
    # times are whole seconds: what comes in the second of the asking may have been seen by whoever asked
    time.sleep(1.1)
    shop.upload(number, (sample(HEADCOUNT).name, sample(HEADCOUNT).read_bytes()))
    house.settle(number)

    def row() -> str:
        clerk.get(f"/desk?q={number}")
        return next(r for r in re.findall(r"<tr data-row>.*?</tr>", clerk.page, re.S) if number in r)

    assert "來了 1 份" in row()
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    assert "補件已於" in shop.page
    assert "已送件" in row()
    assert "補件已於" in clerk.get(f"/desk/cases/{number}").text


def test_a_paper_of_another_firm_beside_one_of_ones_own_is_told_on_its_card(house: House) -> None:
    number = house.read_case(papers=(FORM, LETTER))
    cards = re.findall(r'<li class="paper.*?</li>', house.signed_in("shop").get(f"/cases/{number}/papers").text, re.S)
    assert len(cards) == 2
    assert all("不是您的帳號 10458574，可能是別家公司的文件" in c for c in cards), "neither is of the account"


def test_whether_a_paper_is_another_firms_is_asked_once_before_anything_on_it(house: House) -> None:
    number = house.read_case(papers=(FORM, LETTER))
    visitor = house.signed_in("shop")
    seen = []
    page = visitor.get(f"/cases/{number}/check").text
    while "這份是別家公司的嗎" in page:
        assert page.index("整份拿掉") < page.index("是我們的，繼續核對")
        assert "這個對" not in page
        ours = re.search(r'href="([^"]+)">是我們的', page)
        assert ours
        seen.append(ours[1])
        page = visitor.get(ours[1].replace("&amp;", "&")).text
    assert len(seen) == 2, "neither is of the account"
    assert "文件之間不一樣" in page
    assert f'hx-post="{seen[-1]}"' in page, "what was said of the papers holds for the next answer"


def test_a_paper_too_old_or_of_another_firm_does_not_count_as_brought(house: House) -> None:
    page = house.signed_in("shop").get(f"/cases/{house.read_case(papers=(HEADCOUNT,), programme='tops-supplier')}/papers").text
    row = re.search(r"<li><span class=\"mark[^<]*</span><div[^>]*><span>最近一期勞保.*?</li>", page, re.S)
    assert row
    assert "請先看一下" in row[0]
    assert "已經有了" not in row[0]


def test_a_draft_without_papers_leads_to_its_questions(house: House) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case("green-giant")
    page = visitor.get(f"/cases/{number}/papers").text
    assert f'href="/cases/{number}/questions"' in page[page.index("還沒有文件") - 200:]
    assert "最後一步會幫您填好" in page
    assert "本系統可產生" not in page


def test_a_programme_that_wants_no_papers_begins_with_its_questions(house: House) -> None:
    visitor = house.signed_in("rival")
    number = visitor.new_case("tops-listing")
    assert visitor.get(f"/cases/{number}").url.path.endswith("/questions")


def test_a_paper_that_wants_a_hand_says_so_and_nothing_else(house: House) -> None:
    number = house.read_case(papers=(HEADCOUNT,))
    with house.database.reading() as session:
        case = repository.case(session, number)
        told = [n.message for n in repository.notices(session, case.id, clock.today())]
    assert told, "the sample is older than a paper may be"
    card = re.search(r'<li class="paper.*?</li>', house.signed_in("shop").get(f"/cases/{number}/papers").text, re.S)
    assert card
    assert told[0] in card[0]
    assert "讀好了" not in card[0]
    assert len(re.findall(r'class="state', card[0])) == 1
