"""The size of a picture is read from its head as a decoder would."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake.work import webp


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["lossy", "lossless", "alpha"]))
def test_the_size_is_the_decoder_s(width: int, height: int, kind: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA" if kind == "alpha" else "RGB", (width, height), (200, 10, 10, 90) if kind == "alpha" else (200, 10, 10)).save(
        drawn, "WEBP", lossless=kind == "lossless", quality=30, method=0)
    assert webp.size(drawn.getvalue()) == (width, height)


@given(st.binary(max_size=64))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="WebP"):
        webp.size(data)
