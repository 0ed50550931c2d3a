"""Make room for what people suggest as answers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Word = sa.String(16)
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("entry_id", sa.Text),
        sa.Column("status", Word, nullable=False),
        sa.Column("suggested_by", sa.Text, nullable=False),
        sa.Column("suggested_at", Time, nullable=False),
        sa.Column("closed_by", sa.Text),
        sa.Column("closed_at", Time),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name="fk_suggestions_item_id_review_items"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_suggestions_entry_id_entries"),
    )
    op.create_index("ix_suggestions_item_id", "suggestions", ["item_id"])


def downgrade() -> None:
    """Remove it again; what was suggested is lost."""
    op.drop_table("suggestions")
