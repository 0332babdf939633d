"""what staff do to meetings: changes, days called off, a second person"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

HOLDS_SECOND = sa.text("state <> 'cancelled' AND second_id IS NOT NULL")
OPEN = sa.text('done_at IS NULL')


def upgrade() -> None:
    with op.batch_alter_table('bookings', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('second_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('second_site_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_bookings_second_id'), 'counsellors', ['second_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_bookings_second_site_id'), 'sites', ['second_site_id'], ['id'])
        batch_op.create_check_constraint('ck_bookings_two_people', 'second_id <> counsellor_id')
        batch_op.create_check_constraint('ck_bookings_second_has_site', '(second_id IS NULL) = (second_site_id IS NULL)')
        batch_op.create_index('ix_bookings_second', ['second_site_id', 'starts_at', 'ends_at', 'second_id', 'state'], unique=False, sqlite_where=HOLDS_SECOND, postgresql_where=HOLDS_SECOND)

    op.create_table('booking_changes',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('knows', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind = 'booked' OR kind = 'moved' OR kind = 'cancelled'", name=op.f('ck_booking_changes_kind_known')),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_booking_changes_booking_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_booking_changes_staff_id')),
    sa.PrimaryKeyConstraint('booking_id', 'version', name=op.f('pk_booking_changes')),
    )
    op.create_index('ix_booking_changes_at', 'booking_changes', ['at'], unique=False)

    op.create_table('days_off',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.sql.Day(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.Column('done_at', storage.sql.Utc(), nullable=True),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_days_off_site_id')),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_days_off_counsellor_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_days_off_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_days_off')),
    sa.UniqueConstraint('counsellor_id', 'day', name=op.f('uq_days_off_counsellor_id_day')),
    sqlite_autoincrement=True,
    )
    op.create_index('ix_days_off_open', 'days_off', ['site_id'], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
