"""The day on which a case's most urgent deadline ends, for the clerk's table."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("due", sa.String(80), nullable=False, server_default=""))
    op.create_index("ix_cases_due_on", "cases", ["due_on"])
