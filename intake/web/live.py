"""What happens in a case, as it happens: server-sent events from the event table.

Each event carries its number as the SSE id, so that a browser that lost the line asks again from where it was. A stream ends by
itself after a while and the browser comes back: no log-in outlives its session by more than that.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from intake.store import events
from intake.store.events import EventView
from intake.web import service
from intake.web.service import Service

POLL_SECONDS = 0.3
QUIET_SECONDS = 15.0
LONGEST_SECONDS = 300.0


def stream(request: Request, case_id: int, after: int) -> StreamingResponse:
    """The events of a case after number ``after``; whoever calls has checked that the visitor may see them."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(request, service.of(request), case_id, after), media_type="text/event-stream", headers=headers)


def start(request: Request, after: int) -> int:
    """Where a listener goes on: after the last event that its browser saw, else where its page began."""
    seen = request.headers.get("last-event-id", "")
    return max(after, int(seen)) if seen.isdigit() else after


async def _lines(request: Request, s: Service, case_id: int, seq: int) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    waited = quiet = 0.0
    while waited < LONGEST_SECONDS and not await request.is_disconnected():
        found = await run_in_threadpool(_since, s, case_id, seq)
        for event in found:
            seq = event.seq
            yield f"id: {event.seq}\nevent: {event.kind}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"
        quiet = 0.0 if found else quiet + POLL_SECONDS
        if quiet >= QUIET_SECONDS:
            # a line that says nothing shows a dead connection to both ends
            yield ": \n\n"
            quiet = 0.0
        await asyncio.sleep(POLL_SECONDS)
        waited += POLL_SECONDS


def _since(s: Service, case_id: int, seq: int) -> list[EventView]:
    with s.database.reading() as session:
        return events.since(session, case_id, seq)
