"""How a page's picture is to be turned so that its text stands upright."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("pictures", sa.Column("turned", sa.Integer(), nullable=False, server_default="0"))
