"""The manager's desk: how the service is, its settings, its programmes and forms; the other pages stand in ``manage_….py``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter
from pydantic import SecretStr
from sqlalchemy.engine import make_url
from starlette.responses import Response

from eligibility import programme as programmes
from eligibility.dates import calendar
from eligibility.programme import Programme
from generators import template
from intake import clock
from intake.people import audit
from intake.settings import Settings
from intake.store import keeping, rights
from intake.web import fitting, manage_keeping, manage_letters, manage_people, manage_rights, render
from intake.web.door import Manager, go
from intake.work import client, health
from intake.work.edition import edition

router = APIRouter(include_in_schema=False, prefix="/manage")
PARTS = (manage_people, manage_keeping, manage_rights, manage_letters)


@router.get("")
def overview(visit: Manager) -> Response:
    """What wants attention, and how everything is."""
    waiting = rights.waiting(visit.session)
    visit.record(audit.LOOK, "manage/health")
    return render.page(visit, "manage.html", health=health.health(visit.session, visit.service.settings), kinds=health.KINDS,
                       errand_names={k: name for k, (name, _) in health.ERRANDS.items()},
                       waiting=waiting, late=sum(r.left(clock.today()) < 0 for r in waiting), rights=rights.RIGHTS, today=clock.today(),
                       due=keeping.due(visit.session, clock.today()), again=visit.request.query_params.get("again", ""))


@router.post("/reread")
def reread(visit: Manager) -> Response:
    """Have every paper read once more that a fault of ours left unread."""
    n = client.read_again(visit.session, visit.person, edition(), every=True)
    return go(f"/manage?again={n}")


@dataclass(frozen=True)
class InForce:
    """A programme as it is asked today. ``parameters``: name, value, unit, clause, since, until; value None where none is in force."""

    programme: Programme
    parameters: tuple[tuple[str, Any, str, str, Any, Any], ...]


@router.get("/rules")
def rules(visit: Manager) -> Response:
    """Programmes and editions, the figures in force today, the office calendar, the forms."""
    visit.record(audit.LOOK, "manage/rules")
    every = [programmes.intake_checks(), *programmes.load().values()]
    return render.page(visit, "manage_rules.html", programmes=[_in_force(p) for p in every], years=sorted(calendar().years),
                       forms=_editions(), today=clock.today(), over=fitting.over(clock.today()))


@cache
def _editions() -> dict[str, list[template.FormTemplate]]:
    # the templates are part of the release: they are read once
    return {form: list(found) for form, found in template.editions().items()}


def _in_force(p: Programme) -> InForce:
    out = []
    for name, parameter in sorted(p.parameters.items()):
        period = next((q for q in parameter.periods if q.holds(clock.today())), None)
        out.append((name, None if period is None else period.value, parameter.unit, parameter.clause, period and period.since,
                    period and period.until))
    return InForce(p, tuple(out))


@dataclass(frozen=True)
class Setting:
    """A setting as it is shown: secrets are never, only whether they are there."""

    variable: str
    meaning: str
    value: str
    given: bool


@router.get("/settings")
def settings(visit: Manager) -> Response:
    visit.record(audit.LOOK, "manage/settings")
    return render.page(visit, "manage_settings.html", settings=shown(visit.service.settings, visit.text.lang == "zh"))


@cache
def chinese() -> dict[str, str]:
    """What each setting means, in Chinese; the settings themselves say it in English."""
    loaded = yaml.safe_load(Path(__file__).with_name("settings_words.yaml").read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in loaded.items()}


def shown(settings: Settings, in_chinese: bool = True) -> list[Setting]:
    """Every setting with its meaning and value."""
    out = []
    for name, known in Settings.model_fields.items():
        meaning = chinese().get(name, "") if in_chinese else ""
        out.append(Setting(f"SHOUWEN_{name.upper()}", meaning or known.description or "", _value(name, getattr(settings, name)),
                           name in settings.model_fields_set))
    return out


def _value(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return "●●●●●●" if value.get_secret_value() else ""
    if name.endswith("_url") and "@" in str(value):
        return make_url(value).render_as_string(hide_password=True)
    return str(value)
