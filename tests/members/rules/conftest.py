"""Property tests take the time that a shared machine gives them."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, max_examples=300)
settings.load_profile("rules")
