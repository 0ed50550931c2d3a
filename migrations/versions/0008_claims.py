"""Make room for what is done once, whichever process does it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "claims",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("taken_at", Time, nullable=False),
        sa.Column("until", Time),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
    )
    op.create_index("ix_claims_taken_at", "claims", ["taken_at"])


def downgrade() -> None:
    """Remove it again; what was done may be done once more."""
    op.drop_table("claims")
