"""The service's clock: Taipei time without a zone, whole seconds. Taiwan keeps UTC+8 all year."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

TAIPEI = timezone(timedelta(hours=8))


def now() -> datetime:
    """The time in Taipei, without a zone, in whole seconds."""
    return datetime.now(TAIPEI).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The service day: the date in Taipei."""
    return now().date()
