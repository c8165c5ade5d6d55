"""Every page as a person gets it: its weight on the wire, the first paint on a slow phone, what moves, and what axe finds.

    python -m benchmarks.pages [--json]

Starts a service of its own with the sample case and walks every page of every role, on a phone and at a desk. The slow phone is
1.6 Mbit/s down, 150 ms round trip, a processor four times slower. Weight is what a first visit carries over the line, all compressed as
the service sends it, pictures of papers and forms apart (they are the papers themselves). Paint and shift are the browser's own figures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Error, Page, Request, Response, sync_playwright

from intake.web.main import BESIDE, DESKS, TOGETHER

SIZES: Mapping[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
SLOW = {"offline": False, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8, "latency": 150}
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOGINS = ("53710424", "clerk", "auditor", "manager")
PASSWORD = "Shouwen-2026"
WAIT_SECONDS = 240
NO_PAGE = re.compile(r"\.[\w{}]+$|/(events|file)$|/uploads/")
PAPER = re.compile(r"/(papers|forms)/.+\.webp(\?|$)")
SHIFTS = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) sum += e.value })
    .observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300) })"""
PAINT = "() => { const p = performance.getEntriesByName('first-contentful-paint')[0]; return p ? p.startTime : null }"


@dataclass(frozen=True)
class Seen:
    """One page as one role sees it. ``weight`` in bytes on the wire; ``paint`` in ms to the first content; ``shift`` is the browser's sum
    of layout shifts; ``wide``: it is wider than its screen; ``violations`` are axe's, each with the first element it names."""

    role: str
    size: str
    path: str
    title: str
    weight: int
    paint: float | None
    shift: float
    wide: bool
    violations: tuple[str, ...]


def paths() -> tuple[str, ...]:
    """The path of every page, as the routers give them; what is a file, a picture or a stream by its name is none."""
    routes = (r for d in (*DESKS, *BESIDE, *TOGETHER) for r in d.router.routes if isinstance(r, APIRoute) and "GET" in (r.methods or ()))
    return tuple(dict.fromkeys(r.path for r in routes if not NO_PAGE.search(r.path)))


def addresses(known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every path filled in with what is known of each of its names; raises KeyError with the path whose name is not known."""
    for path in paths():
        names = re.findall(r"\{(\w+)(?::\w+)?\}", path)
        missing = [n for n in names if n not in known]
        if missing:
            raise KeyError(f"{path}: {missing[0]}")
        filled = [path]
        for name in names:
            filled = [re.sub(r"\{" + name + r"(:\w+)?\}", v, f) for f in filled for v in known[name]]
        yield from filled
    yield from known.get("more", ())


def is_page(answer: Response | None) -> bool:
    return answer is not None and answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


def look(page: Page, arrived: list[Request], role: str, size: str, address: str, path: str) -> Seen | None:
    """Open the page and measure it; None for what is no page for this role (a redirect, another's). ``arrived`` gets its requests."""
    arrived.clear()
    answer = page.goto(address, wait_until="load")
    if not is_page(answer) or page.url.split("?")[0] != address.split("?")[0] or not page.locator("html[lang] h1").count():
        return None
    page.wait_for_timeout(300)
    weight = sum(_weight(r) for r in arrived if not PAPER.search(r.url) and r.resource_type != "eventsource")
    results = Axe().run(page, options=WCAG)
    violations = tuple(f"{v['id']}: {v['nodes'][0]['target'][0]}" for v in results.response["violations"])
    width = page.viewport_size["width"] if page.viewport_size else 0
    return Seen(role, size, path, page.title(), weight, page.evaluate(PAINT), round(page.evaluate(SHIFTS), 3),
                page.evaluate("document.documentElement.scrollWidth") > width, violations)


def _weight(request: Request) -> int:
    size = request.sizes()
    return size["responseBodySize"] + size["responseHeadersSize"]


def walk(browser: Browser, base: str, role: str, cookies: list[Any], known: Mapping[str, Sequence[str]], size: str,
         slow: bool = False) -> Iterator[Seen]:
    """Every page that the role may see, each as at a first visit: nothing is taken from a cache."""
    context = browser.new_context(locale="zh-TW", accept_downloads=False, **SIZES[size])
    context.add_cookies(cookies)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        line.send("Network.emulateNetworkConditions", SLOW)
        line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    arrived: list[Request] = []
    page.on("requestfinished", lambda r: arrived.append(r))
    for path in addresses(known):
        try:
            seen = look(page, arrived, role, size, base + path, path)
        except Error as error:
            # a download is no page
            if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            seen = None
        if seen:
            yield seen
    context.close()


def show(seen: Sequence[Seen], as_json: bool) -> None:
    if as_json:
        json.dump([asdict(s) for s in seen], sys.stdout, ensure_ascii=False)
        return
    print(f"{'role':10}{'size':7}{'KB':>7}{'paint ms':>10}{'shift':>7}{'axe':>5}  page")
    for s in seen:
        paint = "–" if s.paint is None else f"{s.paint:.0f}"
        print(f"{s.role:10}{s.size:7}{s.weight / 1000:7.1f}{paint:>10}{s.shift:7.3f}{len(s.violations):5}  {s.path}  {s.title}")
        for v in s.violations:
            print(" " * 20 + v)


@contextmanager
def service() -> Iterator[str]:
    """The address of a service of our own with the sample case, its worker beside it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="shouwen-pages-") as data:
        running = subprocess.Popen([sys.executable, "-m", "intake.cli.main", "start", "--demo"], stdout=subprocess.DEVNULL,
                                   env={**os.environ, "SHOUWEN_DATA_DIR": data, "SHOUWEN_PORT": str(port)})
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(60)


def signed_in(browser: Browser, base: str, login: str) -> list[Any]:
    """The cookies of somebody who has signed in; waits for the service to answer."""
    context = browser.new_context(locale="zh-TW")
    page = context.new_page()
    for _ in range(WAIT_SECONDS):
        try:
            page.goto(f"{base}/login")
            break
        except Error:
            time.sleep(1)
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    cookies: list[Any] = context.cookies()
    context.close()
    return cookies


def sample_case(browser: Browser, base: str, clerk: list[Any]) -> str:
    """The number of the sample case, once its papers are read and its forms are made."""
    context = browser.new_context(locale="zh-TW")
    context.add_cookies(clerk)
    page = context.new_page()
    for _ in range(WAIT_SECONDS):
        page.goto(f"{base}/desk")
        link = page.get_attribute("a[href^='/desk/cases/']", "href") if page.locator("a[href^='/desk/cases/']").count() else None
        if link and "未讀" not in page.inner_text("main"):
            page.goto(base + link)
            if page.locator("a[href*='/forms/']").count():
                context.close()
                return link.rpartition("/")[2]
        time.sleep(1)
    raise SystemExit("the sample case was not worked through in time")


def main() -> None:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--json", action="store_true", help="print the figures for machines")
    words.add_argument("--fast", action="store_true", help="without the slow phone's line and processor")
    asked = words.parse_args()
    seen: list[Seen] = []
    with service() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        people = {login: signed_in(browser, base, login) for login in LOGINS}
        number = sample_case(browser, base, people["clerk"])
        known = {"number": [number], "paper_id": ["1"], "form_id": ["F10"], "hook_id": [], "round_id": [], "place": [],
                 "request_id": [], "letter_id": ["case-state"],
                 "more": [f"/audit/value?case={number}&field=org.name"]}
        for size in SIZES:
            for login, cookies in {"–": [], **people}.items():
                seen += walk(browser, base, login, cookies, known, size, slow=not asked.fast and size == "phone")
        browser.close()
    show(seen, asked.json)


if __name__ == "__main__":
    main()
