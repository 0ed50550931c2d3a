"""Store a vector of a text by each of two models."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the role that a model has to the key; what is there is of the one that ships."""
    with op.batch_alter_table("vectors") as table:
        table.add_column(sa.Column("role", sa.Text, nullable=False, server_default="english"))
        table.drop_constraint("pk_vectors", type_="primary")
        table.create_primary_key("pk_vectors", ["entry_id", "text", "role"])
    with op.batch_alter_table("vectors") as table:
        table.alter_column("role", server_default=None)


def downgrade() -> None:
    """Remove the vectors of the other model."""
    op.execute("DELETE FROM vectors WHERE role <> 'english'")
    with op.batch_alter_table("vectors") as table:
        table.drop_constraint("pk_vectors", type_="primary")
        table.create_primary_key("pk_vectors", ["entry_id", "text"])
        table.drop_column("role")
