"""Property tests take the time that a shared machine gives them."""

from hypothesis import settings

settings.register_profile("calendar", deadline=None, max_examples=40)
settings.load_profile("calendar")
