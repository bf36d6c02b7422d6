"""Settings for all tests."""

from hypothesis import settings

settings.register_profile("lessons", deadline=None, derandomize=True)
settings.load_profile("lessons")
