"""What one file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, picture sizes in pixels, times in seconds.

    ``seconds`` is the wall time of one file; ``None`` leaves the time to whoever holds the process (the cage).
    ``render_pixels`` bounds one rendered PDF page whatever its MediaBox says; ``dpi`` is what a page is rendered at.
    """

    file_bytes: int = 50 * 1024 * 1024
    pages: int = 200
    picture_pixels: int = 120_000_000
    total_pixels: int = 4_000_000_000
    render_pixels: int = 12_000_000
    dpi: int = 200
    page_objects: int = 200_000
    page_characters: int = 100_000
    seconds: float | None = None
