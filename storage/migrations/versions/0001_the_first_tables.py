"""the first tables"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.sql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('marks',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_marks'))
    )
    op.create_table('members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('age_band', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('shared_phone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('write_when', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('stopped_at', storage.sql.Utc(), nullable=True),
    sa.Column('keeps_reminders', sa.Boolean(), nullable=False),
    sa.Column('do_not_write', sa.Boolean(), nullable=False),
    sa.Column('danger_at', storage.sql.Utc(), nullable=True),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.CheckConstraint("age_band IN ('under15', '15to17', 'adult')", name=op.f('ck_members_age_band_known')),
    sa.CheckConstraint("shared_phone IN ('only_me', 'sometimes', 'often')", name=op.f('ck_members_shared_phone_known')),
    sa.CheckConstraint("write_when IN ('morning', 'afternoon', 'any', 'never')", name=op.f('ck_members_write_when_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_members')),
    sqlite_autoincrement=True,
    )
    op.create_table('sites',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('timezone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('quiet_from_min', sa.Integer(), nullable=False),
    sa.Column('quiet_until_min', sa.Integer(), nullable=False),
    sa.CheckConstraint('quiet_from_min > quiet_until_min', name=op.f('ck_sites_quiet_at_night')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sites')),
    sa.UniqueConstraint('slug', name=op.f('uq_sites_slug')),
    sqlite_autoincrement=True,
    )
    op.create_table('updates',
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.PrimaryKeyConstraint('account', 'external_id', name=op.f('pk_updates'))
    )
    with op.batch_alter_table('updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_updates_at'), ['at'], unique=False)

    op.create_table('word_keys',
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('word', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('key', 'word', name=op.f('pk_word_keys'))
    )
    op.create_table('addresses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('reachable', sa.Boolean(), nullable=False),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_addresses_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses')),
    sa.UniqueConstraint('account', 'external_id', name=op.f('uq_addresses_account_external_id')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addresses_member_id'), ['member_id'], unique=False)

    op.create_table('booking_topics',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 5 AND 480 AND minutes % 5 = 0', name=op.f('ck_booking_topics_minutes_in_cells')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_booking_topics_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking_topics')),
    sa.UniqueConstraint('site_id', 'slug', name=op.f('uq_booking_topics_site_id_slug')),
    sqlite_autoincrement=True,
    )
    op.create_table('calendar_versions',
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('booked', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_calendar_versions_site_id')),
    sa.PrimaryKeyConstraint('site_id', name=op.f('pk_calendar_versions'))
    )
    op.create_table('closed_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.sql.Day(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_closed_days_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_days')),
    sa.UniqueConstraint('site_id', 'day', name=op.f('uq_closed_days_site_id_day')),
    sqlite_autoincrement=True,
    )
    op.create_table('consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('wording', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('how', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_consents_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_member_id'), ['member_id'], unique=False)

    op.create_table('counsellors',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('languages', storage.sql.Json(), nullable=False),
    sa.Column('topics', storage.sql.Json(), nullable=False),
    sa.Column('modes', storage.sql.Json(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_counsellors_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counsellors')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('counsellors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_counsellors_site_id'), ['site_id'], unique=False)

    op.create_table('opening_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('from_min', sa.Integer(), nullable=False),
    sa.Column('until_min', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_min < until_min', name=op.f('ck_opening_hours_from_before_until')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_opening_hours_weekday_known')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_opening_hours_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_hours')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('opening_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_hours_site_id'), ['site_id'], unique=False)

    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('verified_on', storage.sql.Day(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_organisations_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('site_id', 'slug', name=op.f('uq_organisations_site_id_slug')),
    sqlite_autoincrement=True,
    )
    op.create_table('availability_exceptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.sql.Day(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('from_min', sa.Integer(), nullable=False),
    sa.Column('until_min', sa.Integer(), nullable=False),
    sa.Column('modes', storage.sql.Json(), nullable=False),
    sa.CheckConstraint("kind IN ('off', 'extra')", name=op.f('ck_availability_exceptions_kind_known')),
    sa.CheckConstraint('from_min % 5 = 0 AND until_min % 5 = 0', name=op.f('ck_availability_exceptions_whole_cells')),
    sa.CheckConstraint('from_min >= 0 AND from_min < until_min AND until_min <= 1440', name=op.f('ck_availability_exceptions_within_a_day')),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_availability_exceptions_counsellor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability_exceptions')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('availability_exceptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_availability_exceptions_counsellor_id'), ['counsellor_id'], unique=False)

    op.create_table('availability_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('from_min', sa.Integer(), nullable=False),
    sa.Column('until_min', sa.Integer(), nullable=False),
    sa.Column('modes', storage.sql.Json(), nullable=False),
    sa.Column('valid_from', storage.sql.Day(), nullable=True),
    sa.Column('valid_to', storage.sql.Day(), nullable=True),
    sa.CheckConstraint('from_min % 5 = 0 AND until_min % 5 = 0', name=op.f('ck_availability_rules_whole_cells')),
    sa.CheckConstraint('from_min >= 0 AND from_min < until_min AND until_min <= 1440', name=op.f('ck_availability_rules_within_a_day')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_availability_rules_weekday_known')),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_availability_rules_counsellor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability_rules')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('availability_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_availability_rules_counsellor_id'), ['counsellor_id'], unique=False)

    op.create_table('conversations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('stack', storage.sql.Json(), nullable=False),
    sa.Column('kept', storage.sql.Json(), nullable=True),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('waiting_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('waiting_since', storage.sql.Utc(), nullable=True),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('misses', sa.Integer(), nullable=False),
    sa.Column('left_at', storage.sql.Utc(), nullable=True),
    sa.Column('burst_from', storage.sql.Utc(), nullable=True),
    sa.Column('burst', sa.Integer(), nullable=False),
    sa.Column('last_in_at', storage.sql.Utc(), nullable=True),
    sa.Column('asking_from', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(owner = 'waiting') = (waiting_since IS NOT NULL)", name=op.f('ck_conversations_waiting_has_time')),
    sa.CheckConstraint("owner = 'bot' OR owner = 'waiting' OR owner = 'person'", name=op.f('ck_conversations_owner_known')),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_conversations_address_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_conversations_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations')),
    sa.UniqueConstraint('address_id', name=op.f('uq_conversations_address_id')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.create_index('ix_conversations_left_at', ['left_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversations_member_id'), ['member_id'], unique=False)
        batch_op.create_index('ix_conversations_owner', ['owner', 'waiting_since'], unique=False)

    op.create_table('services',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('cost_cents', sa.Integer(), nullable=True),
    sa.Column('childcare', sa.Boolean(), nullable=True),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('keywords', storage.sql.Json(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('verified_on', storage.sql.Day(), nullable=False),
    sa.Column('review_by', storage.sql.Day(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("state IN ('shown', 'hidden')", name=op.f('ck_services_state_known')),
    sa.CheckConstraint('cost_cents >= 0', name=op.f('ck_services_cost_not_negative')),
    sa.CheckConstraint('review_by >= verified_on', name=op.f('ck_services_reviewed_after_verified')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_services_organisation_id')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_services_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_services')),
    sa.UniqueConstraint('site_id', 'slug', name=op.f('uq_services_site_id_slug')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('services', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_services_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_services_topic', ['site_id', 'topic', 'state', 'review_by'], unique=False)

    op.create_table('bookings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('mode', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('starts_at', storage.sql.Utc(), nullable=False),
    sa.Column('ends_at', storage.sql.Utc(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('confirmed_at', storage.sql.Utc(), nullable=True),
    sa.Column('moved_at', storage.sql.Utc(), nullable=True),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.CheckConstraint("mode = 'person' OR mode = 'phone' OR mode = 'video'", name=op.f('ck_bookings_mode_known')),
    sa.CheckConstraint("state = 'booked' OR state = 'cancelled' OR state = 'moved' OR state = 'attended' OR state = 'missed'", name=op.f('ck_bookings_state_known')),
    sa.CheckConstraint('starts_at % 300000 = 0 AND ends_at % 300000 = 0', name=op.f('ck_bookings_whole_cells')),
    sa.CheckConstraint('starts_at < ends_at AND ends_at - starts_at <= 28800000', name=op.f('ck_bookings_at_most_eight_hours')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_bookings_version_counts')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_bookings_conversation_id')),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_bookings_counsellor_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_bookings_member_id')),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_bookings_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bookings')),
    sa.UniqueConstraint('code', name=op.f('uq_bookings_code')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.create_index('ix_bookings_calendar', ['site_id', 'starts_at', 'ends_at', 'counsellor_id', 'state'], unique=False, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
        batch_op.create_index('ix_bookings_member', ['member_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_bookings_start', ['starts_at'], unique=False, sqlite_where=sa.text("state = 'booked'"), postgresql_where=sa.text("state = 'booked'"))

    op.create_table('failed_turns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('raw', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('error', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.Column('done_at', storage.sql.Utc(), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_failed_turns_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_turns')),
    sqlite_autoincrement=True,
    )
    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('outgoing', sa.Boolean(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('choices', storage.sql.Json(), nullable=True),
    sa.Column('stack', storage.sql.Json(), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('lane', sa.Integer(), nullable=False),
    sa.Column('policy', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.Column('not_before', storage.sql.Utc(), nullable=False),
    sa.Column('expires_at', storage.sql.Utc(), nullable=True),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('unconfirmed_at', storage.sql.Utc(), nullable=True),
    sa.Column('lease_owner', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('lease_until', storage.sql.Utc(), nullable=True),
    sa.Column('provider_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('error', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_at', storage.sql.Utc(), nullable=False),
    sa.Column('sent_at', storage.sql.Utc(), nullable=True),
    sa.CheckConstraint("(state = 'received') = (outgoing = false)", name=op.f('ck_messages_received_is_incoming')),
    sa.CheckConstraint("state <> 'sent' OR provider_id IS NOT NULL", name=op.f('ck_messages_sent_has_provider_id')),
    sa.CheckConstraint("state = 'received' OR state = 'queued' OR state = 'sent' OR state = 'sending' OR state = 'retry' OR state = 'unknown' OR state = 'failed' OR state = 'cancelled' OR state = 'expired' OR state = 'skipped'", name=op.f('ck_messages_state_known')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_messages_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index('ix_messages_busy', ['conversation_id', 'id'], unique=False, sqlite_where=sa.text("state = 'queued' OR state = 'retry' OR state = 'sending'"), postgresql_where=sa.text("state = 'queued' OR state = 'retry' OR state = 'sending'"))
        batch_op.create_index('ix_messages_conversation', ['conversation_id', 'id'], unique=False)
        batch_op.create_index('ix_messages_due', ['account', 'lane', 'id'], unique=False, sqlite_where=sa.text("state = 'queued' OR state = 'retry'"), postgresql_where=sa.text("state = 'queued' OR state = 'retry'"))
        batch_op.create_index('ix_messages_leased', ['lease_until'], unique=False, sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
        batch_op.create_index('ix_messages_subject', ['subject'], unique=False, sqlite_where=sa.text('subject IS NOT NULL'), postgresql_where=sa.text('subject IS NOT NULL'))
        batch_op.create_index('ix_messages_unasked', ['conversation_id', 'id'], unique=False, sqlite_where=sa.text('lane >= 2 AND answered = false'), postgresql_where=sa.text('lane >= 2 AND answered = false'))

    op.create_table('service_hours',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('from_min', sa.Integer(), nullable=False),
    sa.Column('until_min', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_min < until_min', name=op.f('ck_service_hours_from_before_until')),
    sa.CheckConstraint('from_min >= 0 AND until_min <= 1440', name=op.f('ck_service_hours_within_a_day')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_service_hours_weekday_known')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_service_hours_service_id')),
    sa.PrimaryKeyConstraint('service_id', 'weekday', 'from_min', name=op.f('pk_service_hours'))
    )
    op.create_table('service_languages',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_service_languages_service_id')),
    sa.PrimaryKeyConstraint('service_id', 'language', name=op.f('pk_service_languages'))
    )
    op.create_table('service_texts',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('summary', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_service_texts_service_id')),
    sa.PrimaryKeyConstraint('service_id', 'language', name=op.f('pk_service_texts'))
    )
    op.create_table('service_words',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('word', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_service_words_service_id')),
    sa.PrimaryKeyConstraint('service_id', 'word', name=op.f('pk_service_words'))
    )
    with op.batch_alter_table('service_words', schema=None) as batch_op:
        batch_op.create_index('ix_service_words_word', ['site_id', 'word', 'weight', 'service_id'], unique=False)

    op.create_table('cells',
    sa.Column('counsellor_id', sa.Integer(), nullable=False),
    sa.Column('cell', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_cells_booking_id')),
    sa.ForeignKeyConstraint(['counsellor_id'], ['counsellors.id'], name=op.f('fk_cells_counsellor_id')),
    sa.PrimaryKeyConstraint('counsellor_id', 'cell', name=op.f('pk_cells')),
    sqlite_with_rowid=False
    )
    op.create_table('notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject_version', sa.Integer(), nullable=False),
    sa.Column('decision', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.sql.Utc(), nullable=False),
    sa.Column('at', storage.sql.Utc(), nullable=False),
    sa.CheckConstraint("(decision = 'sent') = (message_id IS NOT NULL)", name=op.f('ck_notices_sent_has_message')),
    sa.CheckConstraint("(decision = 'skipped') = (reason IS NOT NULL)", name=op.f('ck_notices_skipped_has_reason')),
    sa.CheckConstraint("decision IN ('sent', 'skipped')", name=op.f('ck_notices_decision_known')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_notices_member_id')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_notices_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('kind', 'subject', 'subject_version', name=op.f('uq_notices_kind_subject_subject_version')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notices_member_id'), ['member_id'], unique=False)
        batch_op.create_index('ix_notices_subject', ['subject'], unique=False)




def downgrade() -> None:
    raise NotImplementedError("a database goes back by restoring its backup")
