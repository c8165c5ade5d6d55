"""What the pages stand on, made once at start and kept in ``app.state.service``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.requests import Request

from generators.template import FormTemplate
from intake.settings import Settings
from intake.store.database import Database
from intake.store.papers import PaperStore


@dataclass(frozen=True)
class Service:
    """``uploads`` takes people's files up to the limit; ``forms`` are the newest editions at start; ``looked`` holds (log-in, paper)
    pairs whose first look is in the log."""

    settings: Settings
    database: Database
    uploads: PaperStore
    key: bytes
    forms: Mapping[str, FormTemplate]
    looked: set[tuple[str, int]] = field(default_factory=set)


def of(request: Request) -> Service:
    """The service that answers this request."""
    app: FastAPI = request.app
    service: Service = app.state.service
    return service
