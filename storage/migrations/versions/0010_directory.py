"""a file may come in by a command, where nobody is signed in"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("imports", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.alter_column("staff_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
