"""What can go wrong in a replay, as messages for the person who started it.

Each message says what happened, to which thing, and what to do now.
"""

from __future__ import annotations


class ReplayError(Exception):
    """The replay could not be done, or not to its end."""


class MediaError(ReplayError):
    """A sound, video or picture file cannot be used."""


class TapeError(ReplayError):
    """A tape cannot be read."""


class OutputError(ReplayError):
    """What should be kept cannot be written."""
