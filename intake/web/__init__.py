"""The pages and the API: one file a desk, HTML for people and the same things as JSON under ``/api/v1``."""
