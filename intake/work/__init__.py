"""The durable work: reading, settling and filling in a worker process of its own."""
