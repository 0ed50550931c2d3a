"""Store with an item of the review what a check found in an entry, and in which version of it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no item is about a finding yet."""
    op.add_column("review_items", sa.Column("finding", sa.Text))
    op.add_column("review_items", sa.Column("entry_version", sa.Integer))


def downgrade() -> None:
    """Drop the columns, and with them the items that are about findings."""
    items = "(SELECT id FROM review_items WHERE kind = 'flawed')"
    for name in ("cards", "suggestions"):
        op.execute(sa.text(f"DELETE FROM {name} WHERE item_id IN {items}"))  # noqa: S608  # our own words
    op.execute(sa.text("DELETE FROM review_items WHERE kind = 'flawed'"))
    with op.batch_alter_table("review_items") as table:
        table.drop_column("entry_version")
        table.drop_column("finding")
