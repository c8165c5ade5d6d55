"""Photographs the pages for the documentation: the sample case, worked through, and a second one that a bad fax leaves with doubts,
walked as applicant (phone), clerk, auditor and manager (desk).

    python -m scripts.pictures [NAME …]     only pictures whose names begin so, the others stay as they are
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import Page

from scripts.camera import DESK, PHONE, ROOT, Camera, camera, faxed, shaken

PAPERS = ROOT / "fixtures" / "cases" / "green-giant-company"
OTHERS = ROOT / "fixtures" / "cases" / "tops-supplier-business" / "insurance-bill.pdf"
"""A paper of another firm: what is said when a wrong one comes."""


def guest(c: Camera) -> None:
    page = c.guest()
    for name in ("login", "open", "reset", "privacy", "api"):
        c.shoot(page, f"/{name}", f"guest-{name}")


def sample(c: Camera, clerk: Page, applicant: Page) -> str:
    """The sample case as its clerk and its applicant see it; its number."""
    c.until(clerk, "/desk", lambda text: "1" in text and "未讀" not in text and "尚未判斷" not in text)
    number = re.sub(r".*/", "", clerk.get_attribute("a[href^='/desk/cases/']", "href") or "")
    c.shoot(clerk, "/desk", "clerk-inbox")
    c.shoot(clerk, "/desk?lang=en", "clerk-inbox-english")
    c.shoot(clerk, f"/desk/cases/{number}?lang=en", "clerk-case-english")
    c.shoot(clerk, f"/desk/cases/{number}?lang=zh", "clerk-case")
    c.shoot(clerk, "/desk/unclaimed", "clerk-unclaimed")
    c.until(applicant, f"/cases/{number}/forms", lambda text: "正在填表單" not in text)
    c.shoot(applicant, "/cases", "applicant-cases")
    for step in ("papers", "check", "questions", "result", "forms"):
        c.shoot(applicant, f"/cases/{number}/{step}", f"applicant-{step}")
    c.shoot(applicant, f"/cases/{number}/result?lang=en", "applicant-result-english")
    c.go(applicant, "/cases?lang=zh")
    c.shoot(applicant, f"/cases/{number}/forms/F12", "applicant-form")
    near(c, applicant, f"/cases/{number}/forms/F12?slot=paid_in_capital")
    for path in ("cases/programmes", "rights", "rights/data", "keys", "hooks"):
        c.shoot(applicant, f"/{path}", "applicant-" + path.replace("cases/", "").replace("/", "-"))
    return number


def near(c: Camera, page: Page, path: str) -> None:
    """A form on the phone, come closer to, with one of its values in hand."""
    c.go(page, path)
    for _ in range(2):
        page.locator("#closer button[data-by='1']").click()
    page.wait_for_load_state("networkidle")
    c.keep(page, "applicant-form-near")


def doubtful(c: Camera, applicant: Page, clerk: Page, folder: Path) -> str:
    """A case from the first question to its supplement: a faxed form, a good letter, another firm's bill; its number."""
    c.go(applicant, "/cases/new")
    c.keep(applicant, "applicant-new")
    number = begun(c, applicant, "rd-credit", "applicant-consent")
    c.keep(applicant, "applicant-bring")
    fax = faxed(PAPERS / "registration-form.pdf", folder / "form-fax.png")
    applicant.set_input_files("#file", shaken(PAPERS / "registration-form-photo.jpg", folder / "IMG_1024.jpg"))
    applicant.get_by_role("button", name="不要這張").wait_for()
    c.keep(applicant, "applicant-held", at="#sending")
    applicant.get_by_role("button", name="不要這張").click()
    applicant.set_input_files("#file", [fax, PAPERS / "approval-letter.pdf", OTHERS])
    applicant.locator("#papers .paper").nth(2).wait_for()
    c.until(applicant, f"/cases/{number}/papers", lambda text: "下一步：核對" in text)
    c.keep(applicant, "applicant-papers-doubts")
    c.shoot(applicant, f"/cases/{number}/check", "applicant-check-doubt")
    c.shoot(applicant, f"/cases/{number}/questions", "applicant-questions-open")
    c.shoot(applicant, f"/cases/{number}/result", "applicant-result-missing")
    sent(c, applicant, number, "applicant-send")
    c.go(clerk, f"/desk/cases/{number}")
    clerk.wait_for_load_state("networkidle")
    c.keep(clerk, "clerk-case-doubts")
    c.keep(clerk, "clerk-findings", at="#findings")
    c.keep(clerk, "clerk-supplement", at="form:has(#letter)")
    clerk.locator("form:has(#letter) button:not(.link)").last.click()
    clerk.wait_for_load_state("networkidle")
    c.keep(clerk, "clerk-supplement-asked")
    c.shoot(applicant, "/cases", "applicant-cases-supplement")
    c.shoot(applicant, f"/cases/{number}/papers", "applicant-supplement")
    return number


def begun(c: Camera, applicant: Page, programme: str, name: str = "") -> str:
    """A new case of this programme, consented to; its number."""
    c.go(applicant, "/cases/new")
    applicant.check(f"input[value={programme}]")
    applicant.locator("main form button").first.click()
    applicant.wait_for_url(re.compile("/consent"))
    if name:
        c.keep(applicant, name)
    applicant.check("input[name=agree]")
    applicant.locator("main form button").first.click()
    applicant.wait_for_url(re.compile("/papers$"))
    return applicant.url.split("/")[-2]


def sent(c: Camera, applicant: Page, number: str, name: str = "") -> None:
    c.go(applicant, f"/cases/{number}/forms")
    if name:
        c.keep(applicant, name, at="#send")
    applicant.locator("#send input[type=checkbox]").check()
    applicant.locator("#send button").click()
    applicant.wait_for_url(re.compile("/result$"))


def many(c: Camera, clerk: Page) -> None:
    """What a clerk does with several cases at once, the preview and its end."""
    for act, name in (("supplement", "clerk-many"), ("pass", "clerk-many-decide"), ("take", "clerk-many-done")):
        c.go(clerk, "/desk")
        clerk.locator("input[name=case]").first.check()
        clerk.locator(f"button[name=act][value={act}]").click()
        clerk.wait_for_load_state()
        c.keep(clerk, name)


def passing(c: Camera, clerk: Page, applicant: Page) -> None:
    """Where a clerk passes a case that something stands against: one that was sent in without any paper; and how it is taken back."""
    number = begun(c, applicant, "tops-supplier")
    sent(c, applicant, number)
    c.go(clerk, f"/desk/cases/{number}")
    c.keep(clerk, "clerk-pass", at="#notes")
    clerk.locator("#why").fill("文件沒有送來")
    clerk.locator("button[name=state][value=failed]").click()
    clerk.wait_for_load_state("networkidle")
    c.keep(clerk, "clerk-undo")


def programs(c: Camera, applicant: Page) -> None:
    c.go(applicant, "/hooks")
    applicant.fill("input[name=url]", "https://example.com/shouwen")
    applicant.locator("input[name=events]").first.check()
    applicant.locator("form:has(input[name=url]) button").click()
    applicant.wait_for_load_state()
    c.shoot(applicant, "/hooks/1", "applicant-hook")


def audited(c: Camera, auditor: Page, number: str) -> None:
    c.shoot(auditor, "/audit", "auditor-log")
    c.shoot(auditor, f"/audit/value?case={number}&field=fin.paid_in_capital", "auditor-value")
    c.shoot(auditor, f"/cases/{number}/forms/F12?slot=paid_in_capital", "auditor-form")
    c.shoot(auditor, "/audit/rekey", "auditor-rekey")
    c.go(auditor, "/audit/rekey")
    auditor.fill("input[name=size]", "3")
    auditor.fill("input[name=seed]", "7")
    auditor.locator("form:has(input[name=size]) button").click()
    auditor.wait_for_url(re.compile(r"/audit/rekey/\d+/\d+$"))
    c.keep(auditor, "auditor-rekey-item")
    for _ in range(3):
        auditor.locator("button[value=unreadable]").click()
        auditor.wait_for_load_state()
    c.keep(auditor, "auditor-rekey-round")
    c.shoot(auditor, "/audit/rights", "auditor-rights")
    c.shoot(auditor, "/audit/figures", "auditor-figures")


def managed(c: Camera, manager: Page, applicant: Page, number: str) -> None:
    for path in ("manage", "manage/people", "manage/rules", "manage/letters", "manage/keeping", "manage/rights", "manage/settings"):
        c.shoot(manager, f"/{path}", "manager-" + (path.partition("/")[2] or "desk"))
    c.go(manager, "/manage/letters")
    manager.locator("main a[href^='/manage/letters/']").nth(4).click()
    c.keep(manager, "manager-letter")
    asked(c, applicant, number)
    c.go(manager, "/manage/rights")
    manager.locator("main a[href^='/manage/rights/']").first.click()
    manager.wait_for_load_state("networkidle")
    c.keep(manager, "manager-right")
    c.shoot(manager, f"/manage/keeping/{number}", "manager-erase")


def asked(c: Camera, applicant: Page, number: str) -> None:
    """The applicant asks for a sent case to be deleted."""
    c.go(applicant, "/rights")
    applicant.locator("#delete summary").click()
    applicant.select_option("#case-delete", number)
    applicant.locator("#delete form button").click()
    applicant.wait_for_load_state("networkidle")
    c.keep(applicant, "applicant-delete")
    applicant.check("input[name=sure]")
    applicant.locator("main form button").first.click()
    applicant.wait_for_load_state("networkidle")
    c.keep(applicant, "applicant-rights-asked", at="#requests")


def main() -> None:
    with camera(sys.argv[1:]) as (c, folder):
        clerk, applicant = c.signed_in("clerk", DESK), c.signed_in("53710424", PHONE)
        guest(c)
        number = sample(c, clerk, applicant)
        second = doubtful(c, applicant, clerk, folder)
        many(c, clerk)
        passing(c, clerk, applicant)
        programs(c, applicant)
        c.shoot(clerk, "/desk/requests/new", "clerk-paper-request")
        audited(c, c.signed_in("auditor", DESK), number)
        managed(c, c.signed_in("manager", DESK), applicant, second)
        c.index()


if __name__ == "__main__":
    main()
