"""The web application: ``create_app(settings)``; one router a desk, one guard, one table of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from eligibility import programme as programmes
from generators import template
from intake.settings import Settings
from intake.store import erase, migrate
from intake.store.papers import PaperStore
from intake.web import (
    account,
    api,
    api_page,
    api_programs,
    api_results,
    applicant,
    aside,
    audit_rights,
    auditor,
    clerk,
    clerk_forms,
    errors,
    export,
    figures,
    form_values,
    hooks,
    keys,
    lookup,
    manage,
    many,
    many_decide,
    outcome,
    own_data,
    paper_requests,
    papers,
    rekey,
    reread,
    resume,
    review,
    rights,
    security,
    tabs,
    text,
    together,
    unclaimed,
    which,
)
from intake.web.api_examples import Described
from intake.web.service import Service
from intake.work.cages import cage_of

STATIC = Path(__file__).parent / "static"
DESKS = (account, which, applicant, resume, review, outcome, form_values, clerk, lookup, auditor, audit_rights, papers, api_page)
BESIDE = (keys, hooks, unclaimed, export, rights, paper_requests, manage, *manage.PARTS)
"""For programs, for what comes in by itself and for what goes out as a file; a person's own data; the manager."""
TOGETHER = (reread, together, aside, clerk_forms, tabs, many, many_decide, rekey, figures)
"""What the clerk's and the auditor's desks have beside the case and the log."""


class Static(StaticFiles):
    """Our own files: their address changes with them, so that a browser may keep them for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def create_app(settings: Settings) -> FastAPI:
    """The service's web side. Brings the database up to date at start; the worker is a process of its own."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.service.close()

    # an ill-formed programme, form or catalogue stops the start, not the first visitor
    programmes.load(), text.english()
    forms = template.load()
    database = migrate.upgrade(settings)
    # files of erased cases that a crash left
    erase.finish(database, PaperStore(settings.papers_dir), settings)
    own_data.tidy(settings.data_dir)
    app = Described(title="收文 Shouwen", version=api.VERSION, description=api.DESCRIPTION, openapi_tags=api.TAGS,
                    openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, lifespan=life)
    uploads = PaperStore(settings.papers_dir, settings.upload_max_bytes)
    app.state.service = Service(settings, database, uploads, settings.secret_key(), forms, cage=cage_of(settings))
    app.add_middleware(security.BodyLimit)
    app.add_middleware(security.Headers)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    errors.register(app)
    app.mount("/static", Static(directory=STATIC), name="static")
    for desk in (*DESKS, *BESIDE, *TOGETHER):
        app.include_router(desk.router, dependencies=[Depends(security.guard)])
    for half in (api, api_results, api_programs):
        app.include_router(half.router, prefix="/api/v1")
    # a call of the API without its example stops the start too
    app.openapi()
    return app
