"""rooms, who needs one, and which meeting is in which"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

HOLDS_ROOM = sa.text("state <> 'cancelled' AND room_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 2 AND 500", name=op.f("ck_rooms_seats_for_two")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_rooms_has_name")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_rooms_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_rooms_site_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "room_needs",
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counsellor_id"], ["counsellors.id"], name=op.f("fk_room_needs_counsellor_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_needs_room_id")),
        sa.PrimaryKeyConstraint("counsellor_id", name=op.f("pk_room_needs")),
    )
    with op.batch_alter_table("bookings", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("room_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_bookings_room_id"), "rooms", ["room_id"], ["id"])
        batch_op.create_index(
            "ix_bookings_room",
            ["site_id", "starts_at", "ends_at", "room_id", "state"],
            unique=False,
            sqlite_where=HOLDS_ROOM,
            postgresql_where=HOLDS_ROOM,
        )
    op.create_table(
        "room_cells",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_cells_room_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_room_cells_booking_id")),
        sa.PrimaryKeyConstraint("room_id", "cell", name=op.f("pk_room_cells")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_room_cells_booking_id", "room_cells", ["booking_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
