"""The screen of Windows: pixels through mss, windows and pointer through user32 and dwmapi.

Never run: written from the documentation, where the pieces are named.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

import cv2
import mss
import numpy as np

from app.capture.models import CaptureError, Monitor, Pointer, Rect, WindowSeen
from app.capture.privacy import cover
from app.window.words import later, tr

EXCLUDE_FROM_CAPTURE = 0x11  # WDA_EXCLUDEFROMCAPTURE, Windows 10 2004 and newer
EXTENDED_FRAME_BOUNDS, CLOAKED = 9, 14
EXTENDED_STYLE, LAYERED = -20, 0x80000
PROCESS_QUERY_LIMITED = 0x1000
BUTTONS = (0x01, 0x02, 0x04)
LONGEST = 512


class WindowsHandler:
    """For Windows 10 and newer."""

    name = "Windows"
    install_instructions = later("Install the package mss: pip install mss")

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform == "win32"

    @staticmethod
    def is_installed() -> bool:
        return True

    def open(self) -> WindowsDisplay:
        return WindowsDisplay()


class _Box(ctypes.Structure):
    _fields_ = [("left", ctypes.c_long), ("top", ctypes.c_long),
                ("right", ctypes.c_long), ("bottom", ctypes.c_long)]  # fmt: skip

    def rect(self) -> Rect:
        return Rect(self.left, self.top, self.right - self.left, self.bottom - self.top)


class WindowsDisplay:
    """Asks the desktop's libraries; own windows ask it to be left out of every capture."""

    def __init__(self) -> None:
        libraries: Any = getattr(ctypes, "windll")  # noqa: B009 (other systems have none)
        self._user, self._dwm = libraries.user32, libraries.dwmapi
        self._kernel = libraries.kernel32
        self._pixels = mss.MSS()
        self._left_out: set[int] = set()

    def monitors(self) -> Sequence[Monitor]:
        return [
            Monitor(
                str(one.get("name") or place),
                Rect(one["left"], one["top"], one["width"], one["height"]),
            )
            for place, one in enumerate(self._pixels.monitors[1:], 1)
        ]

    def windows(self) -> Sequence[WindowSeen]:
        handles: list[int] = []
        kind = getattr(ctypes, "WINFUNCTYPE")(  # noqa: B009
            ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p
        )
        take = kind(lambda handle, _: handles.append(int(handle)) or True)  # type: ignore[func-returns-value]
        if not self._user.EnumWindows(take, 0):
            raise CaptureError(tr("Windows does not list its windows."))
        return [self._seen(handle) for handle in reversed(handles) if self._is_visible(handle)]

    def grab(self, rect: Rect, hidden: Sequence[WindowSeen]) -> np.ndarray:
        """A window asked to be left out only now may still be in this one picture: covered."""
        late = [window for window in hidden if not self._leave_out(window.id)]
        box = {"left": rect.left, "top": rect.top, "width": rect.width, "height": rect.height}
        try:
            shot = self._pixels.grab(box)
        except mss.ScreenShotError as error:
            dark = tr("{system} does not show its screen: {error}")
            raise CaptureError(dark.format(system=WindowsHandler.name, error=error)) from error
        pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        picture = cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB)
        cover(picture, rect, [window.rect for window in late])
        return picture

    def grab_window(self, window: WindowSeen) -> np.ndarray | None:
        return None

    def pointer(self) -> Pointer | None:
        point = (ctypes.c_long * 2)()
        if not self._user.GetCursorPos(point):
            return None
        x, y = int(point[0]), int(point[1])
        # The lowest bit: whether it was pressed since somebody asked last.
        clicked = any(self._user.GetAsyncKeyState(button) & 1 for button in BUTTONS)
        return Pointer(x, y, ((x, y),) if clicked else ())

    def close(self) -> None:
        for handle in self._left_out:
            self._user.SetWindowDisplayAffinity(ctypes.c_void_p(handle), 0)
        self._pixels.close()

    def _leave_out(self, handle: int) -> bool:
        """Whether it was left out already."""
        if handle in self._left_out:
            return True
        if self._user.SetWindowDisplayAffinity(ctypes.c_void_p(handle), EXCLUDE_FROM_CAPTURE):
            self._left_out.add(handle)
        return False

    def _is_visible(self, handle: int) -> bool:
        cloaked = ctypes.c_int(0)
        self._dwm.DwmGetWindowAttribute(
            ctypes.c_void_p(handle), CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked)
        )
        shown = self._user.IsWindowVisible(ctypes.c_void_p(handle))
        return bool(shown) and not cloaked.value

    def _seen(self, handle: int) -> WindowSeen:
        window = ctypes.c_void_p(handle)
        pid = ctypes.c_ulong(0)
        self._user.GetWindowThreadProcessId(window, ctypes.byref(pid))
        rect = self._rect(window)
        style = self._user.GetWindowLongW(window, EXTENDED_STYLE)
        title = self._text(self._user.GetWindowTextW, window)
        kind = f"{self._text(self._user.GetClassNameW, window)} {self._program(pid.value)}".strip()
        opaque = () if style & LAYERED else (rect,)
        return WindowSeen(handle, title, kind, pid.value, rect, opaque, popup=not title)

    def _rect(self, window: ctypes.c_void_p) -> Rect:
        """Without the invisible margin; as it is told, where that cannot be had."""
        box = _Box()
        refused = self._dwm.DwmGetWindowAttribute(
            window, EXTENDED_FRAME_BOUNDS, ctypes.byref(box), ctypes.sizeof(box)
        )
        if refused:
            self._user.GetWindowRect(window, ctypes.byref(box))
        return box.rect()

    def _text(self, question: Any, window: ctypes.c_void_p) -> str:
        buffer = ctypes.create_unicode_buffer(LONGEST)
        question(window, buffer, LONGEST)
        return buffer.value

    def _program(self, pid: int) -> str:
        """The file name of a process, like KeePassXC.exe; "" where it may not be known."""
        process = self._kernel.OpenProcess(PROCESS_QUERY_LIMITED, False, pid)
        if not process:
            return ""
        buffer, length = ctypes.create_unicode_buffer(LONGEST), ctypes.c_ulong(LONGEST)
        self._kernel.QueryFullProcessImageNameW(process, 0, buffer, ctypes.byref(length))
        self._kernel.CloseHandle(process)
        return buffer.value.rpartition("\\")[2]
