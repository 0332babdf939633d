"""a second person signs wordings for a crisis, for consent and for stopping"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
UTC = storage.sql.Utc
OPEN = sa.text("outcome IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("wordings", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("second_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_wordings_second_id"), "staff", ["second_id"], ["id"])
        batch_op.create_check_constraint(op.f("ck_wordings_two_people"), "second_id <> staff_id")
    op.create_table(
        "wording_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", TEXT(), nullable=False),
        sa.Column("key", TEXT(), nullable=False),
        sa.Column("source", TEXT(), nullable=False),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UTC(), nullable=False),
        sa.Column("outcome", TEXT(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", UTC(), nullable=True),
        sa.CheckConstraint(
            "outcome = 'signed' OR outcome = 'refused' OR outcome = 'withdrawn'",
            name=op.f("ck_wording_proposals_outcome_known"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_by IS NULL)", name=op.f("ck_wording_proposals_closed_by_somebody")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)", name=op.f("ck_wording_proposals_closed_sometime")
        ),
        sa.CheckConstraint(
            "(outcome = 'withdrawn') = (closed_by = staff_id)",
            name=op.f("ck_wording_proposals_second_person"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_wording_proposals_closed_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_wording_proposals_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_wording_proposals_open",
        "wording_proposals",
        ["language", "key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
