"""Leave what became of a question to the review item that it is in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Word = sa.String(16)
Time = sa.DateTime(timezone=True)
OPEN = sa.text("decision = 'unanswered' AND resolution IS NULL")
ENTRY = "fk_questions_resolved_entry_id_entries"
FILL = """
UPDATE questions SET
    resolution = (SELECT status FROM review_items WHERE review_items.id = review_item_id),
    resolved_by = (SELECT resolved_by FROM review_items WHERE review_items.id = review_item_id),
    resolved_at = (SELECT resolved_at FROM review_items WHERE review_items.id = review_item_id),
    resolved_entry_id = (SELECT resolved_entry_id FROM review_items WHERE review_items.id = review_item_id),
    resolution_reason = (SELECT note FROM review_items WHERE review_items.id = review_item_id)
WHERE review_item_id IN (SELECT id FROM review_items WHERE status IN ('answered', 'linked', 'dismissed'))
"""
COLUMNS = ("resolution", "resolved_by", "resolved_at", "resolved_entry_id", "resolution_reason")


def upgrade() -> None:
    """Drop the columns of the question; its item has had the same since 0002."""
    op.drop_index("ix_questions_open", "questions")
    with op.batch_alter_table("questions") as table:
        table.drop_constraint(ENTRY, type_="foreignkey")
        for column in COLUMNS:
            table.drop_column(column)


def downgrade() -> None:
    """Make the columns again, and fill them from the items."""
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("resolution", Word))
        table.add_column(sa.Column("resolved_by", sa.Text))
        table.add_column(sa.Column("resolved_at", Time))
        table.add_column(sa.Column("resolved_entry_id", sa.Text))
        table.add_column(sa.Column("resolution_reason", sa.Text))
        table.create_foreign_key(ENTRY, "entries", ["resolved_entry_id"], ["id"])
    op.execute(FILL)
    op.create_index("ix_questions_open", "questions", ["asked_at"], sqlite_where=OPEN, postgresql_where=OPEN)
