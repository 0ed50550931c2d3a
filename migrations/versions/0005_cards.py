"""Make room for the messages that show review items in a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cards",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace_id", "channel_id", "item_id", name="pk_cards"),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name="fk_cards_item_id_review_items"),
    )
    op.create_index("ix_cards_item_id", "cards", ["item_id"])


def downgrade() -> None:
    """Remove it again; items get new messages then."""
    op.drop_table("cards")
