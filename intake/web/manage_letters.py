"""The manager's pages of mail texts: see, change with a preview, return to the built-in text."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import BadValue
from intake.people import audit, letters
from intake.web import render
from intake.web.door import Manager, Posted, Visit, go, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/manage")


@router.get("/letters")
def every(visit: Manager) -> Response:
    visit.record(audit.LOOK, "manage/letters")
    return render.page(visit, "manage_letters.html", letters=list(letters.LETTERS.values()), changed=letters.changed(visit.session))


@router.get("/letters/{letter_id}")
def one(visit: Manager, letter_id: str) -> Response:
    subject, body = letters.in_force(visit.session, letter_id)
    return _one(visit, letter_id, subject, body)


def _one(visit: Visit, letter_id: str, subject: str, body: str, problem: str = "", *, tried: bool = False) -> Response:
    letter = letters.letter(letter_id)
    preview = (letters.filled(subject, letter.places), letters.filled(body, letter.places))
    return render.page(visit, "manage_letter.html", 422 if problem else 200, letter=letter, subject=subject, body=body, preview=preview,
                       problem=problem, tried=tried, saved=visit.request.query_params.get("saved", ""),
                       history=letters.history(visit.session, letter_id), changed=letter_id in letters.changed(visit.session))


@router.post("/letters/{letter_id}")
def change(visit: Manager, letter_id: str, form: Posted) -> Response:
    act, subject, body = words(form, "act"), words(form, "subject"), words(form, "body")
    try:
        if act == "reset":
            letters.reset(visit.session, letter_id, visit.person)
        elif act == "keep":
            letters.change(visit.session, letter_id, subject, body, visit.person)
        else:
            letters.check(letter_id, subject, body)
            return _one(visit, letter_id, subject, body, tried=True)
    except BadValue as wrong:
        return _one(visit, letter_id, subject, body, sentence(wrong))
    visit.record(audit.CHANGE, f"letter/{letter_id}", what=act)
    return go(f"/manage/letters/{letter_id}?saved={act}")
