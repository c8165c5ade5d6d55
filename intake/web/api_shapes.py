"""The bodies that the API takes and the small ones it gives; the large ones are the contracts' own JSON."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class SignIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"login": "53710424", "password": "Shouwen-2026"}})
    login: str = Field(max_length=60)
    password: str = Field(max_length=200)


class Token(BaseModel):
    token: str
    login: str
    role: str


class NewCase(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"programme": "green-giant", "consent": "F11-108-2"}})
    programme: str
    consent: str = ""


class Versioned(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"version": 3}})
    version: int


class NewEntries(BaseModel):
    """``values`` are field ids and values in the forms of VALUES; null withdraws a value."""

    model_config = ConfigDict(json_schema_extra={
        "example": {"version": 3, "why": "申請人電話告知", "values": {"contact.name": "陳示範", "fin.prior_year_revenue": 85000000}}})
    version: int
    values: dict[str, Any] = Field(min_length=1, max_length=200)
    why: str = Field("", max_length=500)


class NewKey(BaseModel):
    """``scope``: read or write; ``days``: 30, 90 or 365."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "ERP", "scope": "write", "days": 90}})
    name: str = Field(min_length=1, max_length=80)
    scope: str
    days: int


class NewHook(BaseModel):
    """``events``: paper.read, case.decided, case.state, forms.filled."""

    model_config = ConfigDict(json_schema_extra={"example": {"url": "https://erp.example.com/shouwen", "events": ["case.state"]}})
    url: str = Field(max_length=500)
    events: list[str] = Field(min_length=1, max_length=10)


class HookChange(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"act": "off"}})
    act: Literal["on", "off", "ping", "secret"]


class ErrorBody(BaseModel):
    code: str
    message: str


class Problem(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"error": {"code": "not_found", "message": "找不到這筆資料。"}}})
    error: ErrorBody


PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 403, 404, 409, 422)}
"""What every call may answer instead, for the documentation."""
