"""directory"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
UTC = storage.sql.Utc
JSON = storage.sql.Json


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", TEXT(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("created_at", UTC(), nullable=False),
        sa.Column("counts", JSON(), nullable=False),
        sa.Column("problems", JSON(), nullable=False),
        sa.Column("notes", JSON(), nullable=False),
        sa.CheckConstraint(
            "state = 'ready' OR state = 'running' OR state = 'done' OR state = 'dropped'",
            name=op.f("ck_imports_state_known"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_imports_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_imports_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("uid", name=op.f("uq_imports_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_imports_site_id"), "imports", ["site_id"])
    op.create_table(
        "import_lines",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("slug", TEXT(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("facts", JSON(), nullable=False),
        sa.Column("changes", JSON(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("reason", TEXT(), nullable=True),
        sa.CheckConstraint(
            "kind = 'organisation' OR kind = 'service'", name=op.f("ck_import_lines_kind_known")
        ),
        sa.CheckConstraint(
            "state = 'planned' OR state = 'done' OR state = 'refused'",
            name=op.f("ck_import_lines_state_known"),
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_lines_import_id")),
        sa.PrimaryKeyConstraint("import_id", "at", name=op.f("pk_import_lines")),
    )
    planned = sa.text("state = 'planned'")
    op.create_index(
        "ix_import_lines_planned",
        "import_lines",
        ["import_id", "at"],
        sqlite_where=planned,
        postgresql_where=planned,
    )
    with op.batch_alter_table("organisations", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("contact_email", TEXT(), nullable=True))
        batch_op.add_column(sa.Column("contact_phone", TEXT(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("services", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index("ix_services_review", ["site_id", "state", "review_by"])
    with op.batch_alter_table("service_texts") as batch_op:
        batch_op.add_column(sa.Column("eligibility", TEXT(), nullable=True))
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", TEXT(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UTC(), nullable=False),
        sa.Column("expires_at", UTC(), nullable=False),
        sa.Column("answer", TEXT(), nullable=True),
        sa.Column("answered_at", UTC(), nullable=True),
        sa.Column("words", TEXT(), nullable=True),
        sa.Column("settled_at", UTC(), nullable=True),
        sa.CheckConstraint(
            "answer = 'right' OR answer = 'changed'", name=op.f("ck_confirmations_answer_known")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_confirmations_answered_at_once")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_confirmations_created_by")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_confirmations_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_confirmations_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_confirmations_service_id"), "confirmations", ["service_id"])
    with op.batch_alter_table("tasks", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_tasks_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_tasks_kind_known"),
            "kind IN ('urgent', 'call', 'missed', 'failed_turn', 'duty', 'review', 'report')",
        )


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
