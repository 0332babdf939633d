"""a site added to an open office is not offered to members until its admin says so"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sites", sa.Column("offered", sa.Boolean(), server_default=sa.true(), nullable=False))
