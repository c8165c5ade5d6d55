"""What comes in by itself, the keys of programs, and where they want to be told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _arrivals()
    _keys()
    _hooks()


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", ROW, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("origin", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case_id", ROW, nullable=True),
        sa.Column("paper_id", ROW, nullable=True),
        sa.Column("settled_by", ROW, nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_arrivals_case_id"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_arrivals_paper_id"),
        sa.ForeignKeyConstraint(["settled_by"], ["accounts.id"], name="fk_arrivals_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
        sa.UniqueConstraint("key", name="uq_arrivals_key"),
    )
    op.create_index("ix_arrivals_case_id", "arrivals", ["case_id"])
    op.create_index("ix_arrivals_state", "arrivals", ["state"])


def _keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", ROW, nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("mark", sa.String(20), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_api_keys_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
    )
    op.create_index("ix_api_keys_account_id", "api_keys", ["account_id"])


def _hooks() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", ROW, nullable=False),
        sa.Column("account_id", ROW, nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("events", sa.String(200), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_hooks_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hooks"),
    )
    op.create_index("ix_hooks_account_id", "hooks", ["account_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", ROW, nullable=False),
        sa.Column("hook_id", ROW, nullable=False),
        sa.Column("case_id", ROW, nullable=True),
        sa.Column("message", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["hook_id"], ["hooks.id"], name="fk_deliveries_hook_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_deliveries_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("message", name="uq_deliveries_message"),
    )
    for column in ("hook_id", "done_at", "state"):
        op.create_index(f"ix_deliveries_{column}", "deliveries", [column])
