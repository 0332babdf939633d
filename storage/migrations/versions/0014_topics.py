"""an office's own topics: their names, what they mean to staff, who changed one last"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic_names",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "language", name=op.f("pk_topic_names")),
    )
    op.add_column("booking_topics", sa.Column("label", sa.String(), nullable=True))
    op.add_column("booking_topics", sa.Column("version", sa.Integer(), server_default="0", nullable=False))
