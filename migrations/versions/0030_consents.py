"""Store who allows that their words become public FAQ."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and add the column; nobody was asked yet."""
    op.create_table(
        "consents",
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("consent", sa.String(16)),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("author", name="pk_consents"),
    )
    op.add_column("suggestions", sa.Column("consented", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop both; everybody is asked again."""
    with op.batch_alter_table("suggestions") as table:
        table.drop_column("consented")
    op.drop_table("consents")
