"""One file a question; each prints a table and is run against a rival in the same run."""
