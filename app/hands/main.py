"""Whether this desktop lets Aside type and click, and by which means."""

from __future__ import annotations

from collections.abc import Callable

from app.capture.main import Screens
from app.capture.models import CaptureError
from app.capture.privacy import ours
from app.hands import xdotool
from engine.background.tool import ToolError
from engine.background.tools.hands import Hands


def hands(sign: Callable[[str], None], killed: Callable[[], bool]) -> Hands | None:
    """None where there is none: then the tools that need them are not there."""
    if xdotool.is_compatible() and xdotool.is_installed():
        return xdotool.XdotoolHands(sign, killed, is_ours)
    return None


def is_ours(window: int) -> bool:
    """Whether an X11 window, a child of the root, is one of this process."""
    try:
        display = Screens().display()
        try:
            return any(one.id == window for one in ours(display.windows()))
        finally:
            display.close()
    except CaptureError as error:
        raise ToolError("Whose window is there cannot be told, so nothing was clicked.") from error
