"""Add whom a channel calls when somebody asks for a person, and at which hours."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty."""
    op.add_column("channels", sa.Column("on_call", sa.Text))
    op.add_column("channels", sa.Column("on_call_hours", sa.Text))


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("channels") as table:
        table.drop_column("on_call_hours")
        table.drop_column("on_call")
