"""Prevent SQLite from reusing the id of a removed suggestion, as PostgreSQL does by itself."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Recreate the table on SQLite; ids go on after the highest that is there."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("suggestions", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def downgrade() -> None:
    """Recreate it as it was: AUTOINCREMENT goes by itself, and the name of the key has to be given."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("suggestions", recreate="always") as table:
            table.create_primary_key("pk_suggestions", ["id"])
