"""Store which region people chose."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has chosen yet."""
    op.create_table(
        "regions",
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("author", name="pk_regions"),
    )


def downgrade() -> None:
    """Drop it; people are asked again."""
    op.drop_table("regions")
