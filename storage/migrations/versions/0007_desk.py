"""the desk"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreements',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('wording', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('agreed_with', sa.Integer(), nullable=False),
    sa.Column('agreed_at', storage.sql.Utc(), nullable=False),
    sa.CheckConstraint("channel = 'telegram' OR channel = 'web' OR channel = 'desk'", name=op.f('ck_agreements_channel_known')),
    sa.CheckConstraint("wording = 'time' OR wording = 'discreet'", name=op.f('ck_agreements_wording_known')),
    sa.ForeignKeyConstraint(['agreed_with'], ['staff.id'], name=op.f('fk_agreements_agreed_with')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_agreements_member_id')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_agreements')),
    sqlite_autoincrement=False
    )
    op.create_table('card_links',
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.Column('expires_at', storage.sql.Utc(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=True),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('asked_at', storage.sql.Utc(), nullable=True),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.Column('over_at', storage.sql.Utc(), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_card_links_address_id')),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_card_links_made_by')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_card_links_member_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_card_links')),
    sqlite_autoincrement=False
    )
    with op.batch_alter_table('card_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_links_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_links_member_id'), ['member_id'], unique=False)

    op.create_table('records',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('first_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('folded', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=False),
    sa.Column('opened_at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_records_member_id')),
    sa.ForeignKeyConstraint(['opened_by'], ['staff.id'], name=op.f('fk_records_opened_by')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_records_site_id')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_records')),
    sa.UniqueConstraint('code', name=op.f('uq_records_code')),
    sqlite_autoincrement=False
    )
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.create_index('ix_records_site_name', ['site_id', 'folded'], unique=False)

    op.create_table('secret_checks',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('salt', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('pairs', storage.sql.Json(), nullable=False),
    sa.Column('asking', sa.Integer(), nullable=False),
    sa.Column('fails', sa.Integer(), nullable=False),
    sa.Column('paused_until', storage.sql.Utc(), nullable=True),
    sa.Column('set_by', sa.Integer(), nullable=False),
    sa.Column('set_at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_secret_checks_member_id')),
    sa.ForeignKeyConstraint(['set_by'], ['staff.id'], name=op.f('fk_secret_checks_set_by')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_secret_checks')),
    sqlite_autoincrement=False
    )
    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('undone_at', storage.sql.Utc(), nullable=True),
    sa.CheckConstraint("kind = 'first' OR kind = 'repeat' OR kind = 'unknown'", name=op.f('ck_visits_kind_known')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_visits_site_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_visits_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits')),
    sa.UniqueConstraint('uid', name=op.f('uq_visits_uid')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index('ix_visits_site_at', ['site_id', 'at'], unique=False)

    op.create_table('check_passes',
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_check_passes_conversation_id')),
    sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_check_passes')),
    sqlite_autoincrement=False
    )
    # Wrong answers to a secret check are a task of their own.
    with op.batch_alter_table('tasks', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(op.f('ck_tasks_kind_known'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_tasks_kind_known'), "kind IN ('urgent', 'call', 'missed', 'failed_turn', 'duty', 'review', 'report', 'check')"
        )


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
