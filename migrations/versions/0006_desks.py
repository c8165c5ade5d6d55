"""Who looks at a case, saved filters of the queue, the text of papers for the search, and blind re-keying."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("readings", sa.Column("text", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "presences",
        sa.Column("id", ROW, nullable=False),
        sa.Column("case_id", ROW, nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_presences_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_presences_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_presences"),
        sa.UniqueConstraint("case_id", "account_id", name="uq_presences_case_id_account_id"),
    )
    op.create_index("ix_presences_seen_at", "presences", ["seen_at"])
    op.create_table(
        "saved_filters",
        sa.Column("id", ROW, nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_saved_filters_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
    )
    op.create_index("ix_saved_filters_account_id", "saved_filters", ["account_id"])
    op.create_table(
        "rekey_rounds",
        sa.Column("id", ROW, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_rekey_rounds_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rekey_rounds"),
    )
    op.create_table(
        "rekey_items",
        sa.Column("id", ROW, nullable=False),
        sa.Column("round_id", ROW, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("case_id", ROW, nullable=False),
        sa.Column("paper_id", ROW, nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("machine", sa.JSON(), nullable=False),
        sa.Column("keyed", sa.JSON(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("verdict", sa.String(10), nullable=False, server_default=""),
        sa.Column("account_id", ROW, nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_rekey_items_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_rekey_items_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_rekey_items_paper_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round_id"], ["rekey_rounds.id"], name="fk_rekey_items_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rekey_items"),
        sa.UniqueConstraint("round_id", "place", name="uq_rekey_items_round_id_place"),
    )
    op.create_index("ix_rekey_items_case_id", "rekey_items", ["case_id"])
    op.create_index("ix_rekey_items_paper_id", "rekey_items", ["paper_id"])
