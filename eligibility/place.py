"""Where a firm is registered: its address and a stated city together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.taiwan import address

TAIPEI_POSTCODE = re.compile(r"^[(（\[]?1(?:0[0-9]|1[0-6])(?:[0-9]{2,3})?[)）\]]?\s*(?=\D)")


@dataclass(frozen=True)
class Place:
    """``city`` None: not known. ``contradicts`` names the two cities where the address and the stated city differ."""

    city: str | None
    contradicts: tuple[str, str] | None = None


def registered_city(registered_address: str | None, stated_city: str | None) -> Place:
    """The official name of the city, 台 as 臺; an address without a city may begin with a postcode of 臺北市 (100 to 116)."""
    of_address = address.city(registered_address) if registered_address else None
    if of_address is None and TAIPEI_POSTCODE.match(registered_address or ""):
        of_address = "臺北市"
    stated = stated_city.replace("台", "臺") if stated_city else None
    if of_address and stated and of_address != stated:
        return Place(None, (of_address, stated))
    return Place(of_address or stated)
