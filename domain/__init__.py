"""The words and values that every stage shares. Imports nothing else of ours."""
