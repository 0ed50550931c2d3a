"""Add to entries a threshold of their own, and examples that they are never to answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Add the columns; entries go by the thresholds of all, and answer whatever they fit."""
    op.add_column("entries", sa.Column("threshold", sa.Double))
    op.add_column("entries", sa.Column("never", Json, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("entries") as table:
        table.drop_column("never")
        table.drop_column("threshold")
