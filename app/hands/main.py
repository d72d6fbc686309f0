"""Whether this desktop lets Aside type and click, and by which means."""

from __future__ import annotations

from collections.abc import Callable

from app.hands import xdotool
from engine.background.tools.hands import Hands


def hands(sign: Callable[[str], None], killed: Callable[[], bool]) -> Hands | None:
    """None where there is none: then the tools that need them are not there."""
    if xdotool.is_compatible() and xdotool.is_installed():
        return xdotool.XdotoolHands(sign, killed)
    return None
