"""Name the column of what people think of an answer as they and the code do: a rating."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the column."""
    op.alter_column("feedback", "verdict", new_column_name="rating")


def downgrade() -> None:
    """Rename it back."""
    op.alter_column("feedback", "rating", new_column_name="verdict")
