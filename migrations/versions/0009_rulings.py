"""What the office decided and from which state, so that it can be taken back; in which edition of the program a paper was left unread."""


from collections.abc import Sequence
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CLOSED = ("passed", "failed")


def upgrade() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("before", sa.String(20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mail_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_rulings_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_rulings_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rulings"),
    )
    op.create_index("ix_rulings_case_id", "rulings", ["case_id"])
    op.add_column("papers", sa.Column("failed_in", sa.String(40), nullable=False, server_default=""))
    _earlier()


def _earlier() -> None:
    """The decisions that were made before this table was there, from the events; who made them is in the log alone."""
    events = sa.table("events", sa.column("id", sa.BigInteger), sa.column("case_id", sa.BigInteger), sa.column("kind", sa.String),
                      sa.column("data", sa.JSON), sa.column("at", sa.DateTime))
    rulings = sa.table("rulings", *(sa.column(n) for n in ("case_id", "version", "state", "before")), sa.column("at", sa.DateTime))
    bind = op.get_bind()
    told = bind.execute(sa.select(events.c.case_id, events.c.data, events.c.at).where(events.c.kind == "case")
                        .order_by(events.c.case_id, events.c.id)).all()
    for case_id, steps in groupby(told, key=lambda row: row[0]):
        before = "submitted"
        for _, data, at in steps:
            if data["state"] in CLOSED and data["state"] != before:
                bind.execute(sa.insert(rulings).values(case_id=case_id, version=int(data["version"]), state=data["state"], before=before,
                                                       at=at))
            before = data["state"]
