"""Starts one process of the service for the tests: ``python start.py serve`` or ``worker``; the settings come from the environment."""

from __future__ import annotations

import logging
import sys

import uvicorn

from intake.settings import Settings
from intake.web.main import create_app
from intake.work import worker

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    settings = Settings()
    if sys.argv[1] == "serve":
        uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="warning", timeout_graceful_shutdown=2)
    else:
        worker.run(settings)
