"""An open file as a row of sheets. Pixels are rendered when asked; one page's worth is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from domain.document import OCR, Code, Page
from extractors.limits import Limits
from extractors.look import Sheet
from extractors.ocr.engine import Engine, Pixels
from extractors.pages import flatten, scan, slips, sniff, textpage
from extractors.pages.clean import Ink, ink
from extractors.pages.codes import Spot, find_codes, spotted
from extractors.pages.drawing import Drawing, survey
from extractors.pages.pdf import PdfFile
from extractors.pages.picture import PictureFile
from extractors.pages.scan import Frame
from extractors.pages.slips import Slip

_CODED = ("電子發票", "隨機碼", "證明聯")
"""A page with a text layer is searched for bar codes only where one of these stands on it, and something that may be one is drawn."""
_RANDOM = re.compile("隨機碼?|機碼")
_INVOICE = re.compile(rb"(?:\xef\xbb\xbf)?[A-Z]{2}[0-9]{8}")
"""How the left QR code of an e-invoice begins; some tills write a byte order mark before it."""


class Source:
    """Iterate ``sheets()`` once for the pages in order; the sheets stay usable until the source is closed."""

    def __init__(self, file: PdfFile | PictureFile, limits: Limits, engine: Callable[[], Engine]) -> None:
        self._file, self._limits, self._engine = file, limits, engine
        self._kept: tuple[int, Pixels, Ink | None] | None = None
        self.pages = file.pages

    def __enter__(self) -> Source:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._kept = None
        if isinstance(self._file, PdfFile):
            self._file.close()

    def sheets(self) -> Iterator[Sheet]:
        """Every page; a page on which several slips lie, each its own way, as one sheet for each of them, all with its number."""
        for number in range(1, self.pages + 1):
            yield from self._views(number)

    def sheet(self, number: int) -> Sheet:
        """Page ``number`` (from 1), read as a whole."""
        read = self._by_text(number)
        return self._sheet(*read or scan.read(self._ink(number), number, self._engine(), flatten.flattened(self.pixels(number))))

    def _views(self, number: int) -> Iterator[Sheet]:
        if by_text := self._by_text(number):
            yield self._sheet(*by_text)
            return
        written, engine = self._ink(number), self._engine()
        outlines = flatten.outlines(self.pixels(number), slips.SMALLEST)
        sheet, papers = flatten.flattened(self.pixels(number), outlines), slips.papers(outlines)
        text, codes, found = None, spotted(self.pixels(number)), list[Slip]()
        if sheet is None or len(papers) > 1:
            at = scan.whole(written.text)
            text = scan.detect(at, written.text, engine)
            found = slips.slips(papers, text, codes, at.size)
        if not found:
            yield self._sheet(*scan.read(written, number, engine, sheet, seen=text), codes)
        for slip in found:
            view = self._slip(slip, [s for s in found if s is not slip], number)
            if slip.text or slips.legible(view.page):
                yield view

    def _sheet(self, page: Page, at: Frame, codes: Sequence[Spot] | None = None) -> Sheet:
        """A page as it was read, with its bar codes; ``codes``: those that were seen already."""
        number = page.number
        if page.source == OCR or any(word in page.text for word in _CODED) and self._survey(number).coded:
            page = replace(page, codes=find_codes(self.pixels(number), at, _enough(page.text), codes))
        return self._look(page, at)

    def _slip(self, slip: Slip, others: Sequence[Slip], number: int) -> Sheet:
        """One of several slips in a picture; its bar codes are looked for on itself alone."""
        written = self._ink(number)
        start = slip.frame((written.text.shape[1], written.text.shape[0]))
        page, at = scan.read(slips.ink_of(written, slip), number, self._engine(), start, alone=False)
        flat = at.laid(self.pixels(number))
        page = replace(page, codes=find_codes(flat, scan.whole(flat), _enough(page.text)))
        return self._look(slips.own(page, slip, others, at), at)

    def _look(self, page: Page, at: Frame) -> Sheet:
        number = page.number
        return Sheet(page, at, lambda: self.pixels(number), lambda: self._ink(number).text, self._engine)

    def text_page(self, number: int) -> Page | None:
        """Page ``number`` by its text layer alone; None where it is a picture to read."""
        by_text = self._by_text(number)
        return by_text[0] if by_text else None

    def _by_text(self, number: int) -> tuple[Page, Frame] | None:
        return textpage.read(self._file, number, self._limits) if isinstance(self._file, PdfFile) else None

    def pixels(self, number: int) -> Pixels:
        """The picture of page ``number`` as displayed."""
        if self._kept is None or self._kept[0] != number:
            self._kept = None
            self._kept = (number, self._render(number), None)
        return self._kept[1]

    def _ink(self, number: int) -> Ink:
        pixels = self.pixels(number)
        if self._kept is None or self._kept[2] is None:
            self._kept = (number, pixels, ink(pixels, self._fax(number)))
        found = self._kept[2]
        assert found is not None
        return found

    def _fax(self, number: int) -> float:
        """How many rendered pixels one dot of a bilevel original has become; 0 where there is none."""
        dpi = self._survey(number).fax_dpi
        return self._limits.dpi / dpi if dpi else 0.0

    def _survey(self, number: int) -> Drawing:
        """What is drawn on page ``number``; a picture file has nothing but its picture."""
        if isinstance(self._file, PictureFile):
            return Drawing((), 1.0, 1, coded=True)
        return survey(self._file.page(number), self._limits.page_objects)

    def _render(self, number: int) -> Pixels:
        if isinstance(self._file, PictureFile):
            return self._file.pixels(number)
        return self._file.pixels(self._file.page(number), self._limits.dpi)


def _enough(text: str) -> Callable[[Sequence[Code]], bool] | None:
    """Whether the codes found are those that a page with this text must bear: one that begins with an invoice's number for each
    隨機碼 printed (a glyph of which may be misread). None where no such code is to be expected."""
    least = len(_RANDOM.findall(text))
    return (lambda codes: sum(_INVOICE.match(c.payload) is not None for c in codes) >= least) if least else None


def open_source(path: Path, limits: Limits, engine: Callable[[], Engine]) -> Source:
    """Open a file by what it holds. Raises ReadRefused."""
    kind = sniff.sniff(path, limits)
    file = PdfFile(path, limits) if kind == sniff.PDF else PictureFile(path, kind, limits)
    return Source(file, limits, engine)
