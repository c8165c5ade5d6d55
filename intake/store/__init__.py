"""What the service keeps: tables, papers on disk, and the only functions that write and read them."""

# every module of tables is known once the store is: migrations are compared with all of them
from intake.store import tables_arrivals, tables_machines

__all__ = ["tables_arrivals", "tables_machines"]
