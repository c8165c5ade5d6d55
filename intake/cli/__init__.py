"""The command line ``shouwen``: the contracts of READING, DECIDING and FILLING on a terminal or in a pipe."""
