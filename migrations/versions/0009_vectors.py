"""Make room for the vectors of what entries say."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "vectors",
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "text", name="pk_vectors"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_vectors_entry_id_entries", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Remove it again; texts are encoded once more."""
    op.drop_table("vectors")
