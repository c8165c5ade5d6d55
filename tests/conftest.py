"""What all tests share."""

from hypothesis import settings

settings.register_profile("shouwen", deadline=None, max_examples=100)  # shared machines are noisy: a deadline measures the neighbours
settings.load_profile("shouwen")
