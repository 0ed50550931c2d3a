"""Store with thresholds how much likelier it is here that nothing fits."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; thresholds that were applied before count as they did."""
    op.add_column("thresholds", sa.Column("nothing_shift", sa.Double(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("thresholds", "nothing_shift")
