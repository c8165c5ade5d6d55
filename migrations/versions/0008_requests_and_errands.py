"""Requests that come on paper, errands of a worker that fail, and what lists and dashboards need not work out anew."""


from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for name, kind, standard in (("way", sa.String(10), "online"), ("asker", sa.String(120), ""), ("asks_as", sa.String(10), "self"),
                                 ("contact", sa.String(254), ""), ("identity", sa.Text(), ""), ("entered_by", sa.String(60), "")):
        op.add_column("rights_requests", sa.Column(name, kind, nullable=False, server_default=standard))
    op.add_column("rights_requests", sa.Column("received_on", sa.Date(), nullable=True))
    op.create_table(
        "errands",
        sa.Column("worker", sa.String(40), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(300), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("worker", "name", name="pk_errands"),
    )
    op.create_index("ix_cases_clerk_id", "cases", ["clerk_id"])
    for name in ("accepted", "total"):
        op.add_column("readings", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    _count()


def _count() -> None:
    """Fill the counts of the readings that are there."""
    readings = sa.table("readings", sa.column("id", sa.BigInteger), sa.column("reading", sa.JSON), sa.column("accepted", sa.Integer),
                        sa.column("total", sa.Integer))
    bind = op.get_bind()
    for row_id in list(bind.scalars(sa.select(readings.c.id))):
        reading = bind.execute(sa.select(readings.c.reading).where(readings.c.id == row_id)).scalar_one()
        status = [field["status"] for paper in reading["documents"] for field in paper["fields"].values()]
        bind.execute(sa.update(readings).where(readings.c.id == row_id).values(
            accepted=sum(s == "accepted" for s in status), total=len(status)))
