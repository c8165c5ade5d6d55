"""What the pages stand on, made once at start and kept in ``app.state.service``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread, Timer

from fastapi import FastAPI
from starlette.requests import Request

from domain.errors import ReaderBroken
from generators.template import FormTemplate
from intake.settings import Settings
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.work.cage import Cage

REST_SECONDS = 300.0


@dataclass(frozen=True)
class Service:
    """``uploads`` takes people's files up to the limit; ``forms`` are the newest editions at start; ``looked`` holds (log-in, paper)
    pairs whose first look is in the log; ``cage`` reads the boxes that clerks draw."""

    settings: Settings
    database: Database
    uploads: PaperStore
    key: bytes
    forms: Mapping[str, FormTemplate]
    looked: set[tuple[str, int]] = field(default_factory=set)
    cage: Cage = field(default_factory=Cage)
    resting: list[Timer] = field(default_factory=list)

    def warm_soon(self) -> None:
        """Have the cage's child ready by the time that somebody has drawn a box; whoever asks it learns why none starts."""

        def start() -> None:
            with suppress(ReaderBroken):
                self.cage.warm()
            self.rest_later()

        Thread(target=start, name="warm", daemon=True).start()

    def rest_later(self) -> None:
        """Let the cage's child go when nobody has asked it anything for a while: it holds the weights of two engines."""
        for timer in self.resting:
            timer.cancel()
        timer = Timer(REST_SECONDS, self.cage.rest)
        timer.daemon = True
        self.resting[:] = [timer]
        timer.start()

    def close(self) -> None:
        """End the cage's child and the database's connections."""
        for timer in self.resting:
            timer.cancel()
        self.cage.close()
        self.database.close()


def of(request: Request) -> Service:
    """The service that answers this request."""
    app: FastAPI = request.app
    service: Service = app.state.service
    return service
