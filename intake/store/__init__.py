"""What the service keeps: tables, papers on disk, and the only functions that write and read them.

Each module ``tables_<subject>.py`` beside ``tables.py`` brings its own tables; they are found here, so that all are known wherever one is
and migrations are compared with all of them.
"""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    if _found.name.startswith("tables_"):
        import_module(f"{__name__}.{_found.name}")
