"""How sure a share is."""

from __future__ import annotations

from math import sqrt

Z = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


def wilson(k: int, n: int, z: float = Z) -> tuple[float, float]:
    """The Wilson score interval of ``k`` out of ``n`` (E. B. Wilson, 1927); (0, 1) where nothing was counted.

    >>> [round(v, 3) for v in wilson(0, 50)], [round(v, 3) for v in wilson(49, 50)]
    ([0.0, 0.071], [0.895, 0.996])
    """
    if n == 0:
        return 0.0, 1.0
    p, zz = k / n, z * z
    middle, half = p + zz / (2 * n), z * sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return max(0.0, (middle - half) / (1 + zz / n)), min(1.0, (middle + half) / (1 + zz / n))
