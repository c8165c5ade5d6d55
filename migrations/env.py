"""Runs the migrations, each in a transaction, on the connection it is given or on the address of ``-x url=…``."""

from alembic import context
from sqlalchemy import Connection, create_engine

from intake.store.tables import Table


def run(connection: Connection) -> None:
    # batch mode: SQLite changes a table by copying it
    context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=connection.dialect.name == "sqlite")
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(context.get_x_argument(as_dictionary=True)["url"])
    with engine.begin() as opened:
        run(opened)
