"""The five rights, how long cases are kept, what was erased, mail texts of one's own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rights_requests",
        sa.Column("id", ROW, nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("case_number", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("extended", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(60), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rights_requests"),
    )
    for column in ("login", "due_on", "state"):
        op.create_index(f"ix_rights_requests_{column}", "rights_requests", [column])
    op.create_table(
        "stops",
        sa.Column("id", ROW, nullable=False),
        sa.Column("case_id", ROW, nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_stops_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_stops_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stops"),
    )
    op.create_index("ix_stops_case_id", "stops", ["case_id"])
    op.create_table(
        "keeping_rules",
        sa.Column("id", ROW, nullable=False),
        sa.Column("ending", sa.String(20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_keeping_rules"),
    )
    op.create_index("ix_keeping_rules_ending", "keeping_rules", ["ending"])
    op.create_table(
        "erasures",
        sa.Column("id", ROW, nullable=False),
        sa.Column("case_number", sa.String(20), nullable=False),
        sa.Column("programme", sa.String(60), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("highest", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("by_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("log_line", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.UniqueConstraint("case_number", name="uq_erasures_case_number"),
    )
    op.create_table(
        "letter_texts",
        sa.Column("id", ROW, nullable=False),
        sa.Column("letter", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter_texts"),
    )
    op.create_index("ix_letter_texts_letter", "letter_texts", ["letter"])
