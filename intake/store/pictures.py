"""The stored pictures of a paper's pages."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import NotFound
from intake.store.tables import PaperRow, PictureRow
from intake.store.views import Picture


def save_picture(session: Session, paper_id: int, picture: Picture) -> None:
    """Keep where a page's picture is; the same page again replaces it."""
    row = session.scalar(select(PictureRow).where(PictureRow.paper_id == paper_id, PictureRow.page == picture.page))
    if row is None:
        row = PictureRow(paper_id=paper_id, page=picture.page)
        session.add(row)
    row.sha256, row.width, row.height, row.turned = picture.sha256, picture.width, picture.height, picture.turned
    session.flush()


def picture(session: Session, paper_id: int, page: int) -> Picture:
    """The stored picture of a page (counted from 1). Raises NotFound where there is none yet."""
    row = session.scalar(select(PictureRow).where(PictureRow.paper_id == paper_id, PictureRow.page == page))
    if row is None:
        raise NotFound("picture", f"{paper_id}/{page}")
    return Picture(row.page, row.sha256, row.width, row.height, row.turned)


def turns(session: Session, case_id: int) -> dict[tuple[int, int], int]:
    """The clockwise turn in degrees that makes a page upright, by paper and page, of those pages of the case that do not lie so."""
    found = select(PictureRow).join(PaperRow, PaperRow.id == PictureRow.paper_id).where(PaperRow.case_id == case_id, PictureRow.turned != 0)
    return {(row.paper_id, row.page): row.turned for row in session.scalars(found)}
