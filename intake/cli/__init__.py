"""The command line ``shouwen``: the contracts of READING, DECIDING and FILLING on a terminal or in a pipe."""

from intake.cli import lists, service, work
from intake.cli.app import main

__all__ = ["lists", "main", "service", "work"]
