"""pauses of the secret check that grow"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("secret_checks") as batch_op:
        batch_op.add_column(sa.Column("pauses", sa.Integer(), server_default="0", nullable=False))
