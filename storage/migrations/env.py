"""Alembic's entry: the connection is handed over by `storage/migrate.py`."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - declares every table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
