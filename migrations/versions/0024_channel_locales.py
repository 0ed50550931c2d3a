"""Allow a channel without a locale, so that the bot speaks the language of the member there."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remove the `en` that every channel had that nobody gave another locale."""
    with op.batch_alter_table("channels") as table:
        table.alter_column("locale", existing_type=sa.Text, nullable=True)
    op.execute(sa.text("UPDATE channels SET locale = NULL WHERE locale = 'en'"))


def downgrade() -> None:
    """Set `en` wherever there is none."""
    op.execute(sa.text("UPDATE channels SET locale = 'en' WHERE locale IS NULL"))
    with op.batch_alter_table("channels") as table:
        table.alter_column("locale", existing_type=sa.Text, nullable=False)
