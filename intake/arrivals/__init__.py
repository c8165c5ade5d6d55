"""Papers that come in by themselves: from the office's scanners, by mail."""
