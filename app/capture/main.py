"""Which back end sees the screen and the cameras here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from app.capture.handlers.kept_choice import KeptChoice
from app.capture.handlers.portal import PortalHandler
from app.capture.handlers.tape import TapeCameras, tape
from app.capture.models import (
    Area,
    Backend,
    CameraHandler,
    CaptureError,
    Display,
    Eye,
    MustNotBeSeen,
    OneWindow,
    ScreenHandler,
)
from app.capture.privacy import PrivateList
from app.capture.screen import ScreenEye
from app.window.words import later, tr

ONLY_WINDOWS = (
    "On Wayland only a window can be shared: nobody tells Aside where windows are, so private ones "
    "could not be left out of a whole screen."
)
AnyBackend = TypeVar("AnyBackend", bound=Backend)


class Screens:
    """The real screen."""

    def __init__(self) -> None:
        self._choice = KeptChoice()

    def display(self) -> Display:
        """A connection of the caller's own. Raises CaptureError."""
        return choose(later("screen"), screen_handlers()).open()

    def open(self, area: Area, private: PrivateList) -> Eye:
        if not self.desktop_chooses:
            return ScreenEye(self.display(), area, private)
        if not isinstance(area, OneWindow):
            raise MustNotBeSeen(tr(ONLY_WINDOWS))
        return choose(later("window"), [PortalHandler()]).open(self._choice)

    def forget(self) -> None:
        """What was chosen in a dialog of the desktop's is to be chosen anew."""
        self._choice.forget()

    @property
    def desktop_chooses(self) -> bool:
        """Whether the desktop lets the user choose a window, and tells us none."""
        return PortalHandler.is_compatible()


class TapeScreens:
    """A recording that stands for the screen, whatever area of it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, _area: Area, _private: PrivateList) -> Eye:
        return tape(self._path, "screen")

    def forget(self) -> None:
        """Nobody chose it in a dialog."""


def cameras(recording: Path | None = None) -> CameraHandler:
    """Raises CaptureError where no back end can be had."""
    if recording is not None:
        return TapeCameras(recording)
    return choose(later("camera"), camera_handlers())


def camera_names() -> list[str]:
    """Of the cameras that are plugged in now; none where none can be had."""
    try:
        return [camera.name for camera in cameras().cameras()]
    except CaptureError:
        return []


def screen_handlers() -> Sequence[ScreenHandler]:
    # Each is loaded only here: most of them need what only one system has.
    from app.capture.handlers.quartz import QuartzHandler
    from app.capture.handlers.windows import WindowsHandler
    from app.capture.handlers.x11 import X11Handler

    return (X11Handler(), WindowsHandler(), QuartzHandler())


def camera_handlers() -> Sequence[CameraHandler]:
    from app.capture.handlers.named import NamedCameras
    from app.capture.handlers.v4l2 import V4L2Handler

    return (V4L2Handler(), NamedCameras())


def choose(what: str, handlers: Sequence[AnyBackend]) -> AnyBackend:
    """The first that fits and is there. Raises CaptureError, which says what to install."""
    fitting = [handler for handler in handlers if handler.is_compatible()]
    ready = [handler for handler in fitting if handler.is_installed()]
    if ready:
        return ready[0]
    if fitting:
        missing = fitting[0]
        told = tr("No {what} through {back_end} yet.").format(
            what=tr(what), back_end=tr(missing.name)
        )
        raise CaptureError(f"{told} {tr(missing.install_instructions)}")
    nothing = tr("No {what} can be seen on this kind of desktop.")
    raise CaptureError(nothing.format(what=tr(what)))
