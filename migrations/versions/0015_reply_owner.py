"""Store which process leased a reply, so that it is sent at once when that process has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the process; leases that are there end by their time."""
    op.add_column("questions", sa.Column("reply_owner", sa.Text))


def downgrade() -> None:
    """Remove the process."""
    op.drop_column("questions", "reply_owner")
