"""PP-OCRv6 small, the weights of the rapidocr 3.10 wheel, run on OpenVINO.

The two networks are driven directly: normalisation and the search for the best class run inside the graph, so that no
tensor of 18,710 classes leaves it, and the shapes are kept few, since OpenVINO compiles and keeps kernels for each shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import openvino as ov
from openvino import opset13 as ops
from openvino.preprocess import PrePostProcessor

from domain.document import Others
from extractors.ocr.engine import Pixels, Quad, Reply
from extractors.ocr.variants import printed

DETECT_SIDE = 1152
"""The longer side of what the detector sees, in pixels (a multiple of 32)."""
_THRESHOLD, _BOX_THRESHOLD, _UNCLIP = math.log(0.3 / 0.7), 0.5, 1.6
"""The first is the logit of 0.3: the map is compared before its sigmoid, which is taken only inside boxes."""
_MIN_SIDE = 3
_LINE_HEIGHT, _WIDTH_STEP, _MAX_WIDTH = 48, 64, 3200
_MAX_BOXES = 2000
_SURE = 0.97
"""The probability of a character from which on nothing else is considered."""
_FEW = 5
"""How many classes of each column leave the recogniser: the best, and a few that it may be instead."""


class RapidEngine:
    """``threads`` bounds the threads of either network."""

    name = "ppocr-v6-small"

    def __init__(self, threads: int = 1, detect_side: int = DETECT_SIDE) -> None:
        self._side = detect_side
        core = ov.Core()
        options = {"INFERENCE_NUM_THREADS": str(threads), "NUM_STREAMS": "1", "PERFORMANCE_HINT": "LATENCY"}
        folder = _models()
        detector = _with_pixels(_before_sigmoid(core.read_model(folder / "PP-OCRv6_det_small.onnx")))
        reader = core.read_model(folder / "PP-OCRv6_rec_small.onnx")
        names = reader.get_rt_info()["framework"]["character"].value.split("\n")
        self._alphabet = ["", *(names[:-1] if names[-1] == "" else names), " "]
        reader = _with_pixels(_best_few(reader))
        self._detector = core.compile_model(detector, "CPU", options).create_infer_request()
        self._reader = core.compile_model(reader, "CPU", options).create_infer_request()

    def detect(self, image: Pixels) -> list[Quad]:
        height, width = image.shape[:2]
        scale = min(1.0, self._side / max(height, width))
        w, h = (max(32, round(v * scale / 32) * 32) for v in (width, height))
        small = cv2.resize(_colour(image), (w, h), interpolation=cv2.INTER_AREA)
        self._detector.infer([small[np.newaxis]])
        heat = self._detector.get_output_tensor(0).data[0, 0]
        quads = _quads(heat, width / w, height / h)
        return sorted(quads, key=lambda q: (float(q[:, 1].mean()), float(q[:, 0].mean())))

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        return [self._one(c) for c in crops]

    def _one(self, crop: Pixels) -> Reply:
        height, width = crop.shape[:2]
        if height < 2 or width < 2:
            return Reply("", 0.0)
        w = min(_MAX_WIDTH, max(16, round(width * _LINE_HEIGHT / height)))
        room = -(-w // _WIDTH_STEP) * _WIDTH_STEP
        strip = np.full((1, _LINE_HEIGHT, room, 3), 127, np.uint8)
        strip[0, :, :w] = cv2.resize(_colour(crop), (w, _LINE_HEIGHT))
        self._reader.infer([strip])
        classes = self._reader.get_output_tensor(0).data[0]
        chances = self._reader.get_output_tensor(1).data[0]
        return self._decode(np.asarray(classes), np.asarray(chances), room / w)

    def _decode(self, classes: Any, chances: Any, stretch: float) -> Reply:
        """CTC: repeated classes are one character, class 0 is none. Either array: the likeliest few of each column."""
        best, score = classes[:, 0], chances[:, 0]
        change = np.concatenate(([True], best[1:] != best[:-1]))
        starts = np.flatnonzero(change)
        ends = np.concatenate((starts[1:], [len(best)]))
        text, centres, scores, alternatives = [], [], [], []
        for s, e in zip(starts, ends, strict=True):
            if best[s]:
                text.append(self._alphabet[int(best[s])])
                centres.append(min(1.0, float(s + e) / 2 / len(best) * stretch))
                scores.append(float(score[s:e].max()))
                alternatives.append(self._others(classes[s:e], chances[s:e]) if scores[-1] < _SURE else ())
        if not text:
            return Reply("", 0.0)
        return Reply(printed("".join(text)), float(np.mean(scores)), tuple(centres), tuple(scores), tuple(alternatives))

    def _others(self, classes: Any, chances: Any) -> Others:
        """What else the columns of one character may show, with the highest probability in any of them."""
        out: dict[str, float] = {}
        for kind, chance in zip(classes[:, 1:].ravel(), chances[:, 1:].ravel(), strict=True):
            if kind and kind != classes[0, 0]:
                name = printed(self._alphabet[int(kind)])
                out[name] = max(out.get(name, 0.0), float(chance))
        return tuple(sorted(out.items(), key=lambda o: -o[1])[:_FEW])


def _models() -> Path:
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise ImportError("the wheel rapidocr, which carries the weights, is not installed")
    return Path(found.origin).parent / "models"


def _colour(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), np.uint8) if image.ndim == 2 else image


def _with_pixels(model: Any) -> Any:
    """The model with 8-bit BGR rows as its input, scaled to -1 … 1 inside."""
    prep = PrePostProcessor(model)
    prep.input().tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC")).set_shape([1, -1, -1, 3])
    prep.input().model().set_layout(ov.Layout("NCHW"))
    prep.input().preprocess().convert_element_type(ov.Type.f32).mean(127.5).scale(127.5)
    return prep.build()


def _before_sigmoid(model: Any) -> Any:
    """The model with the logits of its map as its output: a sigmoid over a whole page costs a tenth of the detector."""
    last = model.get_results()[0].input_value(0).get_node()
    if last.get_type_name() != "Sigmoid":
        raise ValueError(f"the detector ends in {last.get_type_name()}, not in a sigmoid")
    return ov.Model([last.input_value(0)], model.get_parameters(), "logits")


def _best_few(model: Any) -> Any:
    """The model with two outputs in place of all probabilities: the likeliest classes of each column and their probabilities."""
    few = ops.constant(np.int64(_FEW))
    top = ops.topk(model.get_results()[0].input_value(0), few, 2, "max", "value", index_element_type="i32")
    return ov.Model([top.output(1), top.output(0)], model.get_parameters(), "best")


def _quads(heat: Any, dx: float, dy: float) -> list[Quad]:
    """Boxes around the blobs of a heat map in logits (differentiable binarization), grown back to the full height of the letters."""
    mask = (heat > _THRESHOLD).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    out: list[Quad] = []
    for contour in contours[:_MAX_BOXES]:
        (cx, cy), (w, h), angle = cv2.minAreaRect(contour)
        if min(w, h) < _MIN_SIDE:
            continue
        if _mean_inside(heat, cv2.boxPoints(((cx, cy), (w, h), angle))) < _BOX_THRESHOLD:
            continue
        grow = w * h * _UNCLIP / (w + h)
        if min(w, h) + grow < _MIN_SIDE + 2:
            continue
        quad = cv2.boxPoints(((cx, cy), (w + grow, h + grow), angle)) * (dx, dy)
        out.append(_ordered(np.asarray(quad, np.float32)))
    return out


def _mean_inside(heat: Any, quad: Any) -> float:
    height, width = heat.shape
    x0, y0 = (int(max(0, np.floor(v))) for v in quad.min(axis=0))
    x1, y1 = int(min(width - 1, np.ceil(quad[:, 0].max()))), int(min(height - 1, np.ceil(quad[:, 1].max())))
    inside = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(inside, [np.asarray(quad - (x0, y0)).astype(np.int32)], 1)
    shares = 1 / (1 + np.exp(-np.maximum(heat[y0 : y1 + 1, x0 : x1 + 1], -60)))
    return float(cv2.mean(shares, inside)[0])


def _ordered(quad: Quad) -> Quad:
    """Clockwise from the top left corner."""
    by_x = quad[np.argsort(quad[:, 0])]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1])]
    top_right, bottom_right = right[np.argsort(right[:, 1])]
    return np.asarray([top_left, top_right, bottom_right, bottom_left], np.float32)
