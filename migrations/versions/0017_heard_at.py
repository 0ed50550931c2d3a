"""Store when a question came by the database's clock, which is the same for all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time; what came before is dated by the process that got it."""
    op.add_column("questions", sa.Column("heard_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Remove the time."""
    op.drop_column("questions", "heard_at")
