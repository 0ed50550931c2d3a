"""Store of which question a message is a part."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_PART = sa.text("part_of IS NOT NULL")


def upgrade() -> None:
    """Add the question; what came before stands alone."""
    op.add_column("questions", sa.Column("part_of", sa.Integer))
    op.create_index("ix_questions_part", "questions", ["part_of"], sqlite_where=_PART, postgresql_where=_PART)


def downgrade() -> None:
    """Forget it; each message stands alone."""
    op.drop_index("ix_questions_part", "questions")
    op.drop_column("questions", "part_of")
