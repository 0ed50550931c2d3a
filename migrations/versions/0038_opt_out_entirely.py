"""Store whether who opted out is to be answered unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; who opted out before wants no follow-ups."""
    op.add_column("opt_outs", sa.Column("extent", sa.String(16), nullable=False, server_default="follow_ups"))


def downgrade() -> None:
    """Remove it; who opted out of both is sent no follow-ups, and answered unasked again."""
    op.execute(sa.text("UPDATE questions SET ignore_reason = 'statement' WHERE ignore_reason = 'opted_out'"))
    with op.batch_alter_table("opt_outs") as table:
        table.drop_column("extent")
