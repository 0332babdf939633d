"""the word index in two orders, and what many services share in it once a service instead of in fifty words"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postings",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "word", "rank", "service_id", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unposted",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_unposted_service_id")),
        sa.PrimaryKeyConstraint("site_id", "service_id", name=op.f("pk_unposted")),
        sqlite_with_rowid=False,
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table(
        "service_words",
        recreate="always" if is_sqlite else "never",
        table_kwargs={"sqlite_with_rowid": False},
    ) as batch:
        batch.drop_index("ix_service_words_word")
    # Six was the weight of a topic's words and of no other. Words of the rest go when a service is next changed.
    op.execute("DELETE FROM service_words WHERE weight = 6")
    add = "INSERT INTO service_words (service_id, word, site_id, weight) "
    op.execute(add + "SELECT id, 'topic=' || topic, site_id, 6 FROM services")
    op.execute(add + "SELECT id, 'childcare=yes', site_id, 8 FROM services WHERE childcare")
    op.execute(add + "SELECT id, 'cost=free', site_id, 3 FROM services WHERE cost_cents = 0")
    op.execute(
        add + "SELECT s.id, 'language=' || l.language, s.site_id, 3"
        " FROM services s JOIN service_languages l ON l.service_id = s.id"
    )
    op.execute(
        "INSERT INTO postings (site_id, word, rank, service_id)"
        " SELECT site_id, word, -weight, service_id FROM service_words ORDER BY 1, 2, 3, 4"
    )
