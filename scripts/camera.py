"""A service of its own with the sample case, and a browser that photographs its pages into docs/pictures."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)
PASSWORD = "Shouwen-2026"
WAIT_SECONDS = 240
ON_THE_WAY = re.compile("ERR_ABORTED|ERR_CONNECTION_REFUSED|interrupted by another navigation")
"""The service is not up yet, or the page was just loading itself anew: the same address is asked for once more."""


class Camera:
    """Keeps the pictures whose names begin with one of ``names`` (all when there is none) and lists them beside the others."""

    def __init__(self, browser: Browser, base: str, names: Sequence[str]) -> None:
        self.browser, self.base, self.names = browser, base, tuple(names)
        self.titles: dict[str, str] = {}

    def go(self, page: Page, path: str) -> None:
        """Open the page; a service that is still starting and a page that moves by itself are waited for. Raises Playwright's Error."""
        for _ in range(WAIT_SECONDS):
            try:
                page.goto(self.base + path)
                return
            except Error as error:
                if not ON_THE_WAY.search(str(error)):
                    raise
                time.sleep(1)
        raise SystemExit(f"{path} did not open in {WAIT_SECONDS} s")

    def guest(self, size: ViewportSize = PHONE) -> Page:
        return self.browser.new_context(viewport=size, locale="zh-TW").new_page()

    def signed_in(self, login: str, size: ViewportSize) -> Page:
        page = self.guest(size)
        self.go(page, "/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        return page

    def until(self, page: Page, path: str, there: Callable[[str], bool]) -> None:
        """Open the page again and again until ``there`` says yes to its text; SystemExit with the path when that never comes."""
        for _ in range(WAIT_SECONDS):
            self.go(page, path)
            if there(page.inner_text("main")):
                return
            time.sleep(1)
        raise SystemExit(f"{path} did not come to rest in {WAIT_SECONDS} s")

    def shoot(self, page: Page, path: str, name: str) -> None:
        if self.wanted(name):
            self.go(page, path)
            page.wait_for_load_state("networkidle")
            self.keep(page, name)

    def wanted(self, name: str) -> bool:
        return name.startswith(self.names or ("",))

    def keep(self, page: Page, name: str, at: str | None = None) -> None:
        """The picture of what the page shows now, or of the part ``at`` when it is brought to the top."""
        if not self.wanted(name):
            return
        if at:
            page.locator(at).first.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 90)")
        page.wait_for_timeout(500)
        page.screenshot(path=OUT / f"{name}.png")
        self.titles[name] = page.title()
        print(f"docs/pictures/{name}.png  {page.title()}", flush=True)

    def index(self) -> None:
        """The list of all pictures, beside them."""
        head = "# 畫面\n\n由 `scripts/pictures` 產生。Made by `scripts/pictures`.\n\n| | |\n|---|---|\n"
        listed = dict(re.findall(r"^\| ([\w-]+) \| !\[(.*)\]", (OUT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
        there = {n: t for n, t in (listed | self.titles).items() if (OUT / f"{n}.png").exists()}
        rows = "".join(f"| {name} | ![{title}]({name}.png) |\n" for name, title in sorted(there.items()))
        (OUT / "README.md").write_text(head + rows, encoding="utf-8")


def faxed(paper: Path, out: Path) -> Path:
    """The first page of a PDF as a fax leaves it, 140 dots an inch in black and white: some of its values cannot be read for sure."""
    page = pypdfium2.PdfDocument(paper)[0].render(scale=140 / 72).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.7))
    page.point([0 if grey <= 190 else 255 for grey in range(256)]).save(out)
    return out


def shaken(photo: Path, out: Path) -> Path:
    """The photo as an unsteady hand takes it."""
    Image.open(photo).convert("RGB").filter(ImageFilter.GaussianBlur(9)).save(out)
    return out


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def camera(names: Sequence[str]) -> Iterator[tuple[Camera, Path]]:
    """The camera before a service with the sample case, and a folder for papers; both are gone afterwards."""
    OUT.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="shouwen-pictures-") as folder:
        service = subprocess.Popen([sys.executable, "-m", "intake.cli.main", "start", "--demo"], cwd=ROOT,
                                   env={**os.environ, "SHOUWEN_DATA_DIR": f"{folder}/data", "SHOUWEN_PORT": str(port)})
        try:
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                yield Camera(browser, f"http://127.0.0.1:{port}", names), Path(folder)
                browser.close()
        finally:
            service.send_signal(signal.SIGINT)
            service.wait(30)
