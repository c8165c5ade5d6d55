"""A crop is read once, however often it is asked about; crops that merely look alike are read for themselves."""

from collections.abc import Sequence

import numpy as np

from extractors.ocr.engine import Pixels, Quad, Reply
from extractors.ocr.once import Once


class Counting:
    name = "counting"

    def __init__(self) -> None:
        self.read: list[Pixels] = []

    def detect(self, image: Pixels) -> list[Quad]:
        return []

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        self.read += crops
        return [Reply(str(c[0, 0]), 1.0) for c in crops]


def test_each_crop_is_read_once_and_answers_keep_their_order() -> None:
    engine = Counting()
    once = Once(engine)
    crops = [np.full((2, 2), k, np.uint8) for k in range(4)]
    assert [r.text for r in once.recognise_lines(crops[:2])] == ["0", "1"]
    assert [r.text for r in once.recognise_lines([crops[3], crops[1], crops[0]])] == ["3", "1", "0"]
    assert len(engine.read) == 3


def test_a_crop_that_is_gone_does_not_answer_for_another() -> None:
    engine = Counting()
    once = Once(engine)
    texts = [once.recognise_lines([np.full((2, 2), k, np.uint8)])[0].text for k in range(50)]
    assert texts == [str(k) for k in range(50)]
