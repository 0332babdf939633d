"""recordings of texts, and the recording that goes with a message"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "voices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", TEXT(), nullable=False),
        sa.Column("key", TEXT(), nullable=False),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("content_type", TEXT(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.sql.Utc(), nullable=False),
        sa.Column("ended_at", storage.sql.Utc(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (body IS NOT NULL)", name=op.f("ck_voices_ended_has_no_sound")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_voices_size_counts")),
        sa.CheckConstraint(
            "content_type = 'audio/ogg' OR content_type = 'audio/mpeg' OR content_type = 'audio/mp4'",
            name=op.f("ck_voices_type_known"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_voices_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voices")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_voices_current",
        "voices",
        ["language", "key"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "voice_refs",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("account", TEXT(), nullable=False),
        sa.Column("ref", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voices.id"], name=op.f("fk_voice_refs_voice_id")),
        sa.PrimaryKeyConstraint("voice_id", "account", name=op.f("pk_voice_refs")),
        sqlite_autoincrement=False,
    )
    with op.batch_alter_table("messages") as batch_op:
        batch_op.add_column(sa.Column("voice_id", sa.Integer(), nullable=True))
