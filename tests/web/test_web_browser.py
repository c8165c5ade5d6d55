"""A person with a browser, on a phone and at a desk: upload, check, answer, result, forms; and a clerk without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import FORM, HEADCOUNT, LETTER, PASSWORD, PEOPLE, ROOT, House, sample
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK: dict[str, object] = {"viewport": {"width": 1440, "height": 900}}
PHOTO = ROOT / "fixtures" / "cases" / "green-giant-company" / "registration-form-photo.jpg"
LONG = 240_000
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')].filter(e =>
  !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim()).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


class Person:
    """A page whose every complaint is kept: a script error or a broken policy fails the test at its end."""

    def __init__(self, browser: Browser, house: House, who: str, size: dict[str, object]) -> None:
        self.page: Page = browser.new_context(locale="zh-TW", accept_downloads=True, **size).new_page()  # type: ignore[arg-type]
        self.house, self.complaints = house, list[str]()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.go("/login")
        self.page.fill("#login", PEOPLE[who][0])
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def go(self, path: str) -> None:
        """To a page. One that waits for the work loads itself anew when it is done, and may do so at this moment: then go again."""
        try:
            self.page.goto(self.house.url + path)
        except Error as error:
            if "ERR_ABORTED" not in error.message and "interrupted by another navigation" not in error.message:
                raise
            self.page.goto(self.house.url + path)

    def well(self) -> None:
        """The page fits its screen, and every control of it has a name."""
        self.page.wait_for_load_state()
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]  # type: ignore[index]
        assert self.page.evaluate(UNNAMED) == []
        assert self.complaints == []


@pytest.mark.engine
@pytest.mark.office
@pytest.mark.parametrize(("size", "files"), [(PHONE, [PHOTO]), (DESK, [sample("reg-shares-change-q2"), sample(HEADCOUNT)])],
                         ids=["phone", "desk"])
def test_from_papers_to_forms(browser: Browser, house: House, size: dict[str, object], files: list[Path], tmp_path: Path) -> None:
    me = Person(browser, house, "shop", size)
    page = me.page
    page.get_by_role("link", name="我要申請").first.click()
    page.get_by_text("已經截止的計畫").click()
    page.check("input[value=green-giant]")
    page.get_by_role("button", name="下一步").click()
    page.check("input[name=agree]")
    page.get_by_role("button", name="同意並繼續").click()
    me.well()

    bad = tmp_path / "壞掉的.pdf"
    bad.write_bytes(b"no pdf at all")
    page.set_input_files("#file", [*map(str, files), str(bad)])
    expect(page.locator("#papers .paper")).to_have_count(len(files) + 1, timeout=LONG)
    expect(page.get_by_text("這種檔案讀不了")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="下一步：核對").click(timeout=LONG)
    me.well()

    confirmed = 0
    while page.locator("#doubt-h").count():
        name = page.locator("#doubt-h").inner_text()
        yes = page.get_by_role("button", name="對，跟文件上一樣")
        if yes.count():
            yes.click()
        else:
            page.fill("#mend", "林示範")
            page.get_by_role("button", name="存", exact=True).first.click()
        expect(page.locator("#doubt-h", has_text=name)).to_have_count(0)
        confirmed += 1
        assert confirmed < 40
    page.get_by_text("已讀到").click()
    assert page.locator("svg.ink").count() > 4
    me.well()

    page.get_by_role("link", name="下一步：補充資料").click()
    page.select_option("select[name='app.mode']", "energy")
    page.fill("input[name='advisor.name']", "財團法人示範中心")
    page.fill("input[name='fin.prior_year_revenue']", "8,500萬")
    me.well()
    page.get_by_role("button", name="存好，看結果").click()
    page.locator(".verdict").wait_for(timeout=LONG)
    assert page.locator(".findings > li").count() > 20
    expect(page.get_by_text("財團法人示範中心共同提案")).to_be_visible(timeout=LONG)
    page.get_by_text("條文與依據").first.click()
    expect(page.locator(".findings blockquote").first).to_be_visible()
    me.well()

    page.get_by_role("link", name="下一步：表單").click()
    pdf = page.locator("a[href$='/forms/F12.pdf'].button")
    pdf.wait_for(timeout=LONG)
    with page.expect_download() as coming:
        pdf.click()
    saved = tmp_path / "F12.pdf"
    coming.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF")
    me.well()


def test_from_what_fits_to_an_application(browser: Browser, house: House) -> None:
    me = Person(browser, house, "rival", PHONE)
    page = me.page
    me.go("/cases/new")
    page.get_by_role("link", name="先看看我符合哪些").click()
    page.wait_for_url(lambda url: url.endswith("/cases/programmes"))
    if not page.locator("input[name='fin.paid_in_capital']").is_visible():
        page.locator("details.card > summary").click()
    page.fill("input[name='fin.paid_in_capital']", "500萬")
    page.select_option("select[name='org.industry_section']", "製造業")
    page.get_by_role("button", name="看結果").click()
    page.locator("#p-sme-std").wait_for()
    me.well()
    expect(page.locator("section.fit", has=page.locator("#p-sme-std"))).to_contain_text("符合")
    page.locator("button[name=begin][value=tops-supplier]").click()
    page.check("input[name=agree]")
    me.well()
    page.get_by_role("button", name="同意並繼續").click()
    page.wait_for_url(lambda url: url.endswith("/papers"))
    number = page.url.split("/")[-2]
    assert house.api("rival").get(f"/cases/{number}/facts").json()["fin.paid_in_capital"] == 5_000_000


def test_a_clerk_needs_no_mouse(browser: Browser, house: House) -> None:
    number = house.read_case(papers=(FORM, LETTER))
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    me = Person(browser, house, "clerk", DESK)
    page, key = me.page, me.page.keyboard
    page.wait_for_selector("#queue")
    key.press("/")
    key.type(number)
    key.press("Enter")
    page.wait_for_url(lambda url: "q=" in url)
    key.press("j")
    key.press("Enter")
    page.wait_for_url(lambda url: number in url and "/desk/cases/" in url)
    doubt = page.locator("#fields form[data-doubt] #v-org-uniform_no")
    expect(doubt).to_have_count(1)
    # a key that goes on is not typed into a value that nobody has begun to change
    read = doubt.input_value()
    doubt.press("j")
    expect(doubt).to_have_value(read)
    expect(page.locator(".page-view:not([hidden]) rect")).to_have_count(1)

    boxed = page.locator("#v-org-uniform_no")
    boxed.focus()
    was = boxed.input_value()
    key.type("打錯了")
    assert boxed.input_value() == "打錯了"
    key.press("Escape")
    assert boxed.input_value() == was
    key.press("j")
    assert page.evaluate("document.activeElement.closest('form.field') !== null")

    boxed.focus()
    key.type("53710424")
    key.press("Enter")
    expect(doubt).to_have_count(0, timeout=LONG)
    me.well()
    key.press("Escape")
    key.press("n")
    # which case comes next, and what its page is like, is other tests' doing
    page.wait_for_url(lambda url: number not in url)


def test_the_second_save_is_told_and_nothing_typed_is_lost(browser: Browser, house: House) -> None:
    number = house.read_case()
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    me = Person(browser, house, "clerk", DESK)
    me.go(f"/desk/cases/{number}")
    me.page.evaluate("document.querySelector('#fields details').open = true")
    other = house.api("clerk-two")
    version = other.get(f"/cases/{number}").json()["version"]
    other.post(f"/cases/{number}/entries", json={"version": version, "values": {"org.name": "別人改的有限公司"}})
    box = me.page.locator("#v-org-responsible_person")
    box.fill("王示範")
    box.press("Enter")
    expect(me.page.locator("#told")).to_contain_text("承辦乙", timeout=30_000)
    expect(me.page.locator("#told")).to_contain_text("公司全銜")
    assert box.input_value() == "王示範"
    me.page.get_by_role("link", name="看最新的內容").click()
    me.page.wait_for_load_state("load")
    expect(box).to_have_value("王示範")
    me.page.evaluate("document.querySelector('#fields details').open = true")
    assert me.page.locator("#v-org-name").input_value() == "別人改的有限公司"
    box.press("Enter")
    expect(box).to_have_attribute("data-was", "王示範", timeout=30_000)
    assert [c for c in me.complaints if "409" not in c] == []
