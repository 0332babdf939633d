"""The migrations lead to exactly the tables the code declares, on both databases, from empty and again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - declares every table
from storage.migrate import upgrade


def test_migrated_is_declared(bare_url: str) -> None:
    upgrade(bare_url)
    upgrade(bare_url)  # a second start changes nothing
    engine = create_engine(bare_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        migrated = inspect(connection)
        for name, declared in SQLModel.metadata.tables.items():
            checks = {check["name"] for check in migrated.get_check_constraints(name)}
            wanted = {
                str(check.name) for check in declared.constraints if check.__visit_name__.startswith("check")
            }
            assert wanted <= checks, name
    engine.dispose()
