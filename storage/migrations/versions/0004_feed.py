"""calendar feeds"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('booking_departures',
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', storage.sql.Utc(), nullable=False),
    sa.Column('ends_at', storage.sql.Utc(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_booking_departures_counsellor_id')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_booking_departures_site_id')),
    sa.PrimaryKeyConstraint('counsellor_id', 'booking_id', name=op.f('pk_booking_departures'))
    )
    with op.batch_alter_table('booking_departures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_departures_at'), ['at'], unique=False)

    op.create_table('calendar_feeds',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_calendar_feeds_staff_id')),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feeds_token_hash'))
    )


def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
