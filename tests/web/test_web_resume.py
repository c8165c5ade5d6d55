"""An upload over a bad line is taken up where it stopped, whole or not at all; a photo that is hard to read is told at once."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from house import LETTER, House, Visitor, sample
from PIL import Image, ImageEnhance, ImageFilter
from playwright.sync_api import Browser, Route, expect, sync_playwright
from test_web_browser import ARGUMENTS, CHROMIUM, DESK, PHONE, PHOTO, Person

from intake.store import repository
from intake.store.papers import PaperStore
from intake.store.partial import PIECE_MAX, Partials

FILE = sample(LETTER)


@pytest.fixture(scope="module")
def case(house: House) -> tuple[Visitor, str]:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    visitor.get(f"/cases/{number}/papers")
    return visitor, number


def announce(visitor: Visitor, number: str, size: int) -> httpx.Response:
    return visitor.post(f"/cases/{number}/uploads", {"name": FILE.name, "type": "application/pdf", "size": str(size)})


def piece(visitor: Visitor, number: str, upload: str, at: int, body: bytes) -> httpx.Response:
    headers = {"upload-offset": str(at), "x-form-token": visitor.token, "content-type": "application/octet-stream"}
    return visitor.client.patch(f"/cases/{number}/uploads/{upload}", content=body, headers=headers)


def test_pieces_go_on_where_the_line_was_lost_and_become_one_paper(house: House, case: tuple[Visitor, str]) -> None:
    visitor, number = case
    data = FILE.read_bytes()
    begun = announce(visitor, number, len(data)).json()
    assert (begun["offset"], begun["size"]) == (0, len(data))
    half = len(data) // 2
    assert piece(visitor, number, begun["id"], 0, data[:half]).json()["offset"] == half
    again = piece(visitor, number, begun["id"], 0, data[:half])
    assert again.json()["offset"] == half
    assert visitor.get(f"/cases/{number}/uploads/{begun['id']}").json()["offset"] == half
    done = piece(visitor, number, begun["id"], half, data[half:]).json()
    assert [p["name"] for p in done["papers"]] == [FILE.name]
    with house.database.reading() as session:
        (paper,) = [p for p in repository.papers(session, repository.case(session, number).id) if p.name == FILE.name]
    assert paper.sha256 == hashlib.sha256(data).hexdigest()
    # whoever missed that answer gets it again, whatever of the file is sent once more
    assert visitor.get(f"/cases/{number}/uploads/{begun['id']}").json() == done
    assert piece(visitor, number, begun["id"], half, data[half:]).json() == done


def test_two_places_that_send_the_same_file_are_both_told_that_it_is_here(house: House, case: tuple[Visitor, str]) -> None:
    first, number = case
    second = house.signed_in("shop")
    second.get(f"/cases/{number}/papers")
    for turn in range(4):
        data = FILE.read_bytes() + b"\n%% %d" % turn
        begun = announce(first, number, len(data)).json()["id"]
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(lambda v, b=begun, d=data: sent(v, number, b, d), (first, second)))  # type: ignore[misc]
        assert both[0]["papers"][0]["id"] == both[1]["papers"][0]["id"]
        with house.database.reading() as session:
            there = [p.sha256 for p in repository.papers(session, repository.case(session, number).id)]
        assert there.count(hashlib.sha256(data).hexdigest()) == 1


def sent(visitor: Visitor, number: str, upload: str, data: bytes) -> dict[str, Any]:
    """A file sent in small pieces to its end, as the page does."""
    at = 0
    while True:
        answer = piece(visitor, number, upload, at, data[at:at + len(data) // 8])
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        if "papers" in said:
            return said
        at = said["offset"]


def test_what_is_too_large_empty_or_anothers_is_refused(house: House, case: tuple[Visitor, str]) -> None:
    visitor, number = case
    assert announce(visitor, number, 10**9).json()["refused"][0]["code"] == "too_large"
    assert announce(visitor, number, 0).json()["refused"][0]["code"] == "empty"
    begun = announce(visitor, number, 10).json()["id"]
    assert piece(visitor, number, begun, 0, b"x" * 11).json()["refused"][0]["code"] == "too_large"
    rival = house.signed_in("rival")
    rival.get("/cases")
    assert piece(rival, number, begun, 0, b"x").status_code == 404
    assert rival.get(f"/cases/{number}/uploads/{begun}").status_code == 404
    assert rival.post(f"/cases/{number}/uploads/{begun}/drop").status_code == 404
    assert piece(visitor, number, "../../../etc", 0, b"x").status_code == 404
    assert visitor.client.patch(f"/cases/{number}/uploads/{begun}", content=b"x", headers={"upload-offset": "0"}).status_code == 403


def test_a_file_on_its_way_is_kept_by_its_owner_alone_and_tidied_away(tmp_path: Path) -> None:
    partials = Partials(PaperStore(tmp_path, 10 * PIECE_MAX))
    begun = partials.begin("1150101-0001", 1, "a.pdf", "application/pdf", 3)
    assert {oct(p.stat().st_mode & 0o777) for p in partials.folder.iterdir()} == {"0o600"}
    for path in partials.folder.iterdir():
        os.utime(path, (0, 0))
    partials.append(begun, 0, b"abc")
    assert partials.store.tidy() == 0, "a day is counted from the last piece"
    assert partials.find(begun.id, "1150101-0001", 1).whole
    assert partials.store.tidy(older_than_seconds=-1) == 2
    assert list(partials.folder.iterdir()) == []


@pytest.fixture(scope="module")
def browser() -> object:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.browser
def test_a_line_lost_in_the_middle_of_an_upload_loses_nothing(browser: Browser, house: House, tmp_path: Path) -> None:
    number = house.signed_in("shop").new_case()
    me = Person(browser, house, "shop", PHONE)
    big = tmp_path / "很大的.tif"
    Image.effect_noise((1200, 1200), 90).save(big)
    sent: list[str] = []

    def line(route: Route) -> None:
        sent.append(route.request.headers["upload-offset"])
        if len(sent) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    me.page.route("**/uploads/*", lambda r: line(r) if r.request.method == "PATCH" else r.continue_())
    me.go(f"/cases/{number}/papers")
    me.page.set_input_files("#file", str(big))
    expect(me.page.get_by_text("連線中斷，恢復後會接著傳")).to_be_visible()
    expect(me.page.locator("#papers .paper")).to_have_count(1)
    assert sent[:4] == ["0", "524288", "524288", "1048576"]
    with house.database.reading() as session:
        (paper,) = repository.papers(session, repository.case(session, number).id)
    assert paper.sha256 == hashlib.sha256(big.read_bytes()).hexdigest()


BRIGHT_RIM = """c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let all = 0, bright = 0;
  for (let y = 0; y < c.height; y++) for (let x = 0; x < c.width; x++) {
    if (x > 3 && y > 3 && x < c.width - 4 && y < c.height - 4) continue;
    const i = 4 * (y * c.width + x); all += 1; if (d[i] + d[i + 1] + d[i + 2] > 330) bright += 1; }
  return bright / all }"""
"""The share of a picture's rim, four dots wide, that is paper and not the table under it."""


def spoilt(how: str) -> bytes:
    image = Image.open(PHOTO).convert("RGB")
    width, height = image.size
    image = {"dark": lambda: ImageEnhance.Brightness(image).enhance(0.35), "blurred": lambda: image.filter(ImageFilter.GaussianBlur(9)),
             "cut": lambda: image.crop((0, 0, int(width * 0.7), height)), "": lambda: image}[how]()
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.mark.browser
def test_who_comes_again_is_told_what_came_half_and_goes_on_or_lets_go(browser: Browser, house: House, tmp_path: Path) -> None:
    visitor = house.signed_in("shop")
    number = visitor.new_case()
    data = FILE.read_bytes()
    half = announce(visitor, number, len(data)).json()["id"]
    piece(visitor, number, half, 0, data[:len(data) // 2])
    other = announce(visitor, number, len(data) + 1).json()["id"]
    sent: list[str] = []
    me = Person(browser, house, "shop", PHONE)
    me.page.on("request", lambda r: sent.append(r.headers["upload-offset"]) if r.method == "PATCH" else None)
    me.go(f"/cases/{number}/papers")
    cards = me.page.locator("#half .paper")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="只傳到 49%" if len(data) % 2 else "只傳到 50%")).to_have_count(1)
    me.well()
    with me.page.expect_file_chooser() as chooser:
        me.page.locator(f"[data-upload='{half}']").get_by_role("button", name="接著傳").tap()
    chooser.value.set_files(str(FILE))
    expect(me.page.locator("#papers .paper")).to_have_count(1)
    expect(cards).to_have_count(1)
    assert sent == [str(len(data) // 2)]
    cards.get_by_role("button", name="不傳這個了").tap()
    expect(cards).to_have_count(0)
    assert visitor.get(f"/cases/{number}/uploads/{other}").status_code == 404
    assert half not in visitor.get(f"/cases/{number}/papers").text
    begun = announce(visitor, number, len(data)).json()["id"]
    piece(visitor, number, begun, 0, b"x" * 100)
    me.go(f"/cases/{number}/papers")
    me.page.set_input_files("#file", str(FILE))
    expect(me.page.locator("#sending .paper")).to_have_count(0)
    assert sent[-1] == "0", "another file of the same name and size begins anew"


@pytest.mark.browser
def test_a_photo_that_will_be_hard_to_read_waits_for_a_word(browser: Browser, house: House) -> None:
    number = house.signed_in("shop").new_case()
    me = Person(browser, house, "shop", PHONE)
    me.go(f"/cases/{number}/papers")
    said = {"dark": "這張太暗", "blurred": "這張有點模糊", "cut": "紙的右邊好像沒有拍到"}
    for how, words in said.items():
        me.page.set_input_files("#file", {"name": f"{how}.jpg", "mimeType": "image/jpeg", "buffer": spoilt(how)})
        card = me.page.locator("#sending .paper", has_text=f"{how}.jpg")
        expect(card.get_by_role("alert")).to_contain_text(words)
        me.well()
    assert me.page.locator("#papers .paper").count() == 0
    with me.page.expect_file_chooser():
        me.page.locator("#sending .paper", has_text="dark.jpg").get_by_role("button", name="重拍").click()
    expect(me.page.locator("#sending .paper")).to_have_count(2)
    me.page.locator("#sending .paper", has_text="cut.jpg").get_by_role("button", name="照樣上傳").click()
    expect(me.page.locator("#papers .paper")).to_have_count(1)
    onward = me.page.get_by_role("link", name="下一步：核對")
    onward.tap(timeout=240_000)
    expect(me.page.get_by_role("alert").filter(has_text="有照片還沒上傳")).to_be_visible()
    assert me.page.url.endswith("/papers"), "a photo that waits for a word is not left behind"
    me.well()
    me.page.locator("#sending .paper", has_text="blurred.jpg").get_by_role("button", name="不要這張").tap()
    expect(me.page.locator("#sending .paper")).to_have_count(0)
    onward.tap()
    me.page.wait_for_url("**/check")


@pytest.mark.browser
def test_a_good_photo_goes_at_once_with_its_edges_drawn(browser: Browser, house: House) -> None:
    number = house.signed_in("shop").new_case()
    me = Person(browser, house, "shop", DESK)
    me.page.route("**/uploads", lambda r: None)
    me.go(f"/cases/{number}/papers")
    me.page.set_input_files("#file", {"name": "good.jpg", "mimeType": "image/jpeg", "buffer": spoilt("")})
    expect(me.page.locator("#sending .edges polygon")).to_have_count(1)
    assert me.page.get_by_role("img", name="拉正以後的樣子").evaluate(BRIGHT_RIM) > 0.95, "laid flat, the paper fills its picture"
    expect(me.page.locator("#sending .paper")).to_contain_text("傳送中")
    assert me.page.locator("#sending [role=alert]").count() == 0
