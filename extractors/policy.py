"""How sure a value must be to pass without a person: a setting of the office, not of the readers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """``risk`` is the largest estimated chance of being wrong with which a value still passes, 0 (nothing passes) to 0.5. Of all values
    that pass, far fewer are wrong than that, since most are surer than they must be. Raises ValueError outside these bounds."""

    risk: float = 0.008

    def __post_init__(self) -> None:
        if not 0.0 <= self.risk <= 0.5:
            raise ValueError(f"the risk that passes must lie between 0 and 0.5, not at {self.risk}")


DEFAULT = Policy()
