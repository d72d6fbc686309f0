"""What flows in this room, and what a back end must be able to do. No Qt, no device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from app.window.words import tr

if TYPE_CHECKING:
    import numpy as np

Source = Literal["camera", "screen"]


class CaptureError(Exception):
    """Nothing can be captured now. The message says what happened and what to do."""


class Lost(CaptureError):
    """What was open is of no use any more: it must be opened anew."""


class Declined(CaptureError):
    """The user, or the desktop on their behalf, said no: it is not asked again by itself."""


class MustNotBeSeen(CaptureError):
    """It could be captured, but not without showing what was promised to stay unseen."""


@dataclass(frozen=True)
class Rect:
    """An area in the screen's own pixels; the first monitor need not begin at (0, 0)."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def contains(self, x: int, y: int) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom

    def within(self, other: Rect) -> Rect:
        """The part of it that lies in `other`; empty where there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, max(0, right - left), max(0, bottom - top))

    def minus(self, other: Rect) -> tuple[Rect, ...]:
        """What is left of it where `other` does not cover it: at most four parts."""
        cut = self.within(other)
        if cut.empty:
            return (self,)
        parts = (
            Rect(self.left, self.top, self.width, cut.top - self.top),
            Rect(self.left, cut.bottom, self.width, self.bottom - cut.bottom),
            Rect(self.left, cut.top, cut.left - self.left, cut.height),
            Rect(cut.right, cut.top, self.right - cut.right, cut.height),
        )
        return tuple(part for part in parts if not part.empty)


@dataclass(frozen=True)
class Monitor:
    """One monitor. name: as the system calls it, like "HDMI-1"."""

    name: str
    rect: Rect


@dataclass(frozen=True)
class WindowSeen:
    """One window on the screen.

    kind: its application's class, like "KeePassXC". opaque: where nothing shines through it.
    popup: a menu, a tooltip, a list that opened: it belongs to its program's windows.
    """

    id: int
    title: str
    kind: str
    pid: int | None
    rect: Rect
    opaque: tuple[Rect, ...] = ()
    popup: bool = False


@dataclass(frozen=True)
class WholeScreen:
    """All monitors as one picture."""

    @property
    def words(self) -> str:
        return tr("the whole screen")


@dataclass(frozen=True)
class OneMonitor:
    """name: a monitor's; where it is gone, the first one is never taken in its place."""

    name: str

    @property
    def words(self) -> str:
        return tr("monitor {name}").format(name=self.name)


@dataclass(frozen=True)
class OneWindow:
    """id: a window's; nothing that lies over it is shown with it."""

    id: int
    title: str = ""

    @property
    def words(self) -> str:
        if not self.title:
            return tr("one window")
        return tr("the window “{title}”").format(title=self.title)


@dataclass(frozen=True)
class Region:
    """A part of the screen that somebody drew."""

    rect: Rect

    @property
    def words(self) -> str:
        return tr("a region of the screen")


Area = WholeScreen | OneMonitor | OneWindow | Region


@dataclass(frozen=True)
class Pointer:
    """Where the mouse pointer is, and where it was clicked since somebody asked last."""

    x: int
    y: int
    clicks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Shot:
    """One picture, not yet scaled.

    pixels: (height, width, 3) uint8 RGB. rect: the part of the screen that it shows; None for
    what is no screen, or where nobody knows.
    """

    pixels: np.ndarray
    rect: Rect | None = None
    pointer: Pointer | None = None


@dataclass(frozen=True)
class Camera:
    """name: what people call it and what is remembered. key: what opens it."""

    name: str
    key: str


State = Literal["off", "waiting", "seeing"]


@dataclass(frozen=True)
class SourceSight:
    """How it is with one source. what: its name for people; notice: what they should know.

    "seeing": it is open and gives pictures; "waiting": it is wanted and gives none.
    """

    state: State = "off"
    what: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Sight:
    """What is really seen now."""

    camera: SourceSight = SourceSight()
    screen: SourceSight = SourceSight()

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(one.notice for one in (self.camera, self.screen) if one.notice)


class Eye(Protocol):
    """An open source; made, used and closed by one thread."""

    def look(self) -> Shot | None:
        """The newest picture; None where there is none new.

        Raises Lost when it must be opened anew, CaptureError when there is none for now.
        """
        ...

    def close(self) -> None:
        """Afterwards nothing of the source is open any more."""
        ...


class Display(Protocol):
    """A connection to the screen; made, used and closed by one thread."""

    def monitors(self) -> Sequence[Monitor]: ...

    def windows(self) -> Sequence[WindowSeen]:
        """What is visible, bottom to top. Raises CaptureError where it cannot be listed."""
        ...

    def grab(self, rect: Rect, hidden: Sequence[WindowSeen]) -> np.ndarray:
        """(height, width, 3) uint8 RGB of `rect`, as if the `hidden` windows were not there.

        What lay beneath a hidden window and cannot be had is grey. Raises CaptureError.
        """
        ...

    def grab_window(self, window: WindowSeen) -> np.ndarray | None:
        """The window's own pixels, whatever covers it; None where the system cannot."""
        ...

    def pointer(self) -> Pointer | None: ...

    def close(self) -> None: ...


class Backend(Protocol):
    """What every handler can say of itself."""

    name: str
    install_instructions: str

    @staticmethod
    def is_compatible() -> bool:
        """Whether this kind of desktop or machine is its own."""
        ...

    @staticmethod
    def is_installed() -> bool:
        """Whether what it needs is there."""
        ...


class ScreenHandler(Backend, Protocol):
    """A way to see the screen."""

    def open(self) -> Display:
        """Raises CaptureError."""
        ...


class CameraHandler(Backend, Protocol):
    """A way to see through cameras."""

    def cameras(self) -> Sequence[Camera]:
        """What is plugged in now, the system's first choice first. Never raises."""
        ...

    def open(self, camera: Camera) -> Eye:
        """Raises CaptureError, which says so when another program has the camera."""
        ...
