"""Photographs the pages for the documentation: starts a service with the sample case in a temporary folder, waits until it is worked
through, and walks it as applicant (phone), clerk, manager and auditor (desk).

    python -m scripts.pictures [NAME …]     only pictures whose names begin so, the others stay as they are
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)
PASSWORD = "Shouwen-2026"
WAIT_SECONDS = 240
TITLES: dict[str, str] = {}
"""The title of each page that was photographed."""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def signed_in(browser: Browser, base: str, login: str, size: ViewportSize) -> Page:
    page = browser.new_context(viewport=size, locale="zh-TW").new_page()
    for _ in range(WAIT_SECONDS):
        try:
            page.goto(f"{base}/login")
            break
        except Exception as error:
            if "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            time.sleep(1)
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    return page


def shoot(page: Page, url: str, name: str, *, full: bool = False) -> None:
    if not wanted(name):
        return
    page.goto(url)
    page.wait_for_load_state("networkidle")
    keep(page, name, full=full)


def wanted(name: str) -> bool:
    return name.startswith(tuple(sys.argv[1:]) or "")


def keep(page: Page, name: str, *, full: bool = False) -> None:
    """The picture of what the page shows now."""
    if not wanted(name):
        return
    page.wait_for_timeout(500)
    page.screenshot(path=OUT / f"{name}.png", full_page=full)
    TITLES[name] = page.title()
    print(f"docs/pictures/{name}.png  {page.title()}")


def settled(page: Page, base: str) -> str:
    """The address of the sample case on the clerk's desk, once its papers are read and its decision is there."""
    for _ in range(WAIT_SECONDS):
        page.goto(f"{base}/desk")
        text = page.inner_text("main")
        link = page.get_attribute("a[href^='/desk/cases/']", "href")
        if link and "未讀" not in text and "尚未判斷" not in text:
            return link
        time.sleep(1)
    raise SystemExit("the sample case was not worked through in time")


def filled(page: Page, base: str, number: str) -> None:
    """Wait until the sample's forms are made from the newest facts."""
    for _ in range(WAIT_SECONDS):
        page.goto(f"{base}/cases/{number}/forms")
        if "正在填表單" not in page.inner_text("main"):
            return
        time.sleep(1)
    raise SystemExit("the sample's forms were not made in time")


def walk(browser: Browser, base: str) -> None:
    clerk = signed_in(browser, base, "clerk", DESK)
    desk = settled(clerk, base)
    number = re.sub(r".*/", "", desk)
    guest = browser.new_context(viewport=PHONE, locale="zh-TW").new_page()
    for path in ("login", "open", "reset", "privacy"):
        shoot(guest, f"{base}/{path}", f"guest-{path}")
    shoot(clerk, f"{base}/desk", "clerk-inbox")
    shoot(clerk, base + desk, "clerk-case")
    shoot(clerk, f"{base}/desk/unclaimed", "clerk-unclaimed")
    clerk.goto(f"{base}/desk")
    clerk.locator("input[name=case]").first.check()
    clerk.locator("button[name=act][value=supplement]").click()
    clerk.wait_for_load_state()
    keep(clerk, "clerk-many")
    clerk.goto(f"{base}/desk")
    clerk.locator("input[name=case]").first.check()
    clerk.locator("button[name=act][value=take]").click()
    clerk.wait_for_load_state()
    keep(clerk, "clerk-many-done")
    applicant = signed_in(browser, base, "53710424", PHONE)
    filled(applicant, base, number)
    shoot(applicant, f"{base}/cases", "applicant-cases")
    for step in ("papers", "check", "questions", "result", "forms"):
        shoot(applicant, f"{base}/cases/{number}/{step}", f"applicant-{step}")
    shoot(applicant, f"{base}/cases/{number}/forms/F12", "applicant-form")
    near(applicant, f"{base}/cases/{number}/forms/F12?slot=paid_in_capital")
    for path in ("cases/new", "cases/programmes", "rights", "rights/data", "keys", "hooks"):
        shoot(applicant, f"{base}/{path}", "applicant-" + path.replace("cases/", "").replace("/", "-"))
    applicant.goto(f"{base}/hooks")
    applicant.fill("input[name=url]", "https://example.com/shouwen")
    applicant.locator("input[name=events]").first.check()
    applicant.locator("form:has(input[name=url]) button").click()
    applicant.wait_for_load_state()
    shoot(applicant, f"{base}/hooks/1", "applicant-hook")
    auditor = signed_in(browser, base, "auditor", DESK)
    shoot(auditor, f"{base}/audit", "auditor-log")
    shoot(auditor, f"{base}/audit/value?case={number}&field=fin.paid_in_capital", "auditor-value")
    shoot(auditor, f"{base}/audit/rekey", "auditor-rekey")
    auditor.goto(f"{base}/audit/rekey")
    auditor.fill("input[name=size]", "3")
    auditor.fill("input[name=seed]", "7")
    auditor.locator("form:has(input[name=size]) button").click()
    auditor.wait_for_url(re.compile(r"/audit/rekey/\d+/\d+$"))
    keep(auditor, "auditor-rekey-item")
    for _ in range(3):
        auditor.locator("button[value=unreadable]").click()
        auditor.wait_for_load_state()
    keep(auditor, "auditor-rekey-round")
    shoot(auditor, f"{base}/audit/rights", "auditor-rights")
    shoot(auditor, f"{base}/audit/figures", "auditor-figures")
    manager = signed_in(browser, base, "manager", DESK)
    for path in ("manage", "manage/rules", "manage/settings"):
        shoot(manager, f"{base}/{path}", "manager-" + (path.partition("/")[2] or "desk"))
    shoot(clerk, f"{base}/desk/requests/new", "clerk-paper-request")
    passing(clerk, applicant, base)
    index()


def near(page: Page, url: str) -> None:
    """A form on the phone, come closer to, with one of its values in hand."""
    page.goto(url)
    for _ in range(2):
        page.locator("#closer button[data-by='1']").click()
    page.wait_for_load_state("networkidle")
    keep(page, "applicant-form-near")


def passing(clerk: Page, applicant: Page, base: str) -> None:
    """Where a clerk passes a case that something stands against: one that was sent in without any paper."""
    applicant.goto(f"{base}/cases/new")
    applicant.check("input[value=tops-supplier]")
    applicant.locator("main form button").first.click()
    applicant.check("input[name=agree]")
    applicant.locator("main form button").first.click()
    applicant.wait_for_url(re.compile("/papers$"))
    number = applicant.url.split("/")[-2]
    applicant.goto(f"{base}/cases/{number}/forms")
    applicant.locator("#send input[type=checkbox]").check()
    applicant.locator("#send button").click()
    applicant.wait_for_url(re.compile("/result$"))
    clerk.goto(f"{base}/desk/cases/{number}")
    clerk.locator("#against").scroll_into_view_if_needed()
    clerk.mouse.wheel(0, 300)
    keep(clerk, "clerk-pass")


def index() -> None:
    """The list of all pictures, beside them."""
    head = "# 畫面\n\n由 `scripts/pictures` 產生。Made by `scripts/pictures`.\n\n| | |\n|---|---|\n"
    listed = dict(re.findall(r"^\| ([\w-]+) \| !\[(.*)\]", (OUT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    there = {n: t for n, t in (listed | TITLES).items() if (OUT / f"{n}.png").exists()}
    rows = "".join(f"| {name} | ![{title}]({name}.png) |\n" for name, title in sorted(there.items()))
    (OUT / "README.md").write_text(head + rows, encoding="utf-8")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="shouwen-pictures-") as data:
        service = subprocess.Popen([sys.executable, "-m", "intake.cli.main", "start", "--demo"], cwd=ROOT,
                                   env={**os.environ, "SHOUWEN_DATA_DIR": data, "SHOUWEN_PORT": str(port)})
        try:
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                walk(browser, f"http://127.0.0.1:{port}")
                browser.close()
        finally:
            service.send_signal(signal.SIGINT)
            service.wait(30)


if __name__ == "__main__":
    main()
