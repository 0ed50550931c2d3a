"""Index questions by their channel, to find those that were solved there."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_COLUMNS = ["channel_id", "workspace_id", "platform", "id"]
_KEPT = sa.text("text IS NOT NULL")


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_questions_channel", "questions", _COLUMNS, sqlite_where=_KEPT, postgresql_where=_KEPT)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_questions_channel", "questions")
