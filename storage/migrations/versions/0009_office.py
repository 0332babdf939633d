"""the office, several sites, the site a member chose"""

import sqlalchemy as sa
from alembic import op

from storage.sql import Json, Utc

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("controller", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("keep", Json(), nullable=False),
        sa.Column("ack_minutes", sa.Integer(), nullable=False),
        sa.Column("opened_at", Utc(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sqlite_autoincrement=True,
    )
    op.add_column("sites", sa.Column("promised_min", sa.Integer(), server_default="30", nullable=False))
    op.add_column("sites", sa.Column("idle_min", sa.Integer(), server_default="120", nullable=False))
    # Said in SQL: a batch would make the table anew and lose its CHECKs. Both databases read it alike.
    op.execute(
        "ALTER TABLE members ADD COLUMN site_id INTEGER CONSTRAINT fk_members_site_id REFERENCES sites (id)"
    )
