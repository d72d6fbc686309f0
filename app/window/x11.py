"""The few questions to an X server that Qt does not ask. Elsewhere they answer harmlessly."""

from __future__ import annotations

import ctypes
import ctypes.util
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QGuiApplication

REVERT_TO_PARENT = 2
ASK_S = 1.0
_Handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
# A window may vanish between question and answer; Xlib would end the process for it.
_forgive = _Handler(lambda _display, _error: 0)


_composited = (True, -1.0)  # and when that was asked


def is_composited() -> bool:
    """Whether translucent windows are: everywhere but on X11 without a compositing manager. Asked
    with every picture; the server is, once a second."""
    global _composited
    now_s = time.monotonic()
    if now_s - _composited[1] >= ASK_S:
        _composited = _has_manager(), now_s
    return _composited[0]


def _has_manager() -> bool:
    with _display() as (x11, display):
        if display is None:
            return True
        manager = x11.XInternAtom(display, b"_NET_WM_CM_S0", False)
        return bool(x11.XGetSelectionOwner(display, ctypes.c_ulong(manager)))


def keyboard_owner() -> int | None:
    """The window that has the keyboard; None where that is not known."""
    with _display() as (x11, display):
        if display is None:
            return None
        owner, revert = ctypes.c_ulong(), ctypes.c_int()
        x11.XGetInputFocus(display, ctypes.byref(owner), ctypes.byref(revert))
        return owner.value or None


def give_keyboard(window: int) -> None:
    """To a window that had it before; if it is gone, nothing happens."""
    with _display() as (x11, display):
        if display is not None:
            x11.XSetInputFocus(display, ctypes.c_ulong(window), REVERT_TO_PARENT, 0)
            x11.XSync(display, False)


@lru_cache(maxsize=1)
def _library() -> Any:
    """Xlib, None where there is none. Looking for it starts a program."""
    name = ctypes.util.find_library("X11")
    if name is None:
        return None
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    return x11


@contextmanager
def _display() -> Iterator[tuple[Any, Any]]:
    """Xlib and a connection of its own; (None, None) where there is no X server."""
    x11 = _library() if QGuiApplication.platformName() == "xcb" else None
    if x11 is None:
        yield None, None
        return
    x11.XSetErrorHandler(_forgive)
    address = x11.XOpenDisplay(None)
    try:
        yield x11, ctypes.c_void_p(address) if address else None
    finally:
        if address:
            x11.XCloseDisplay(ctypes.c_void_p(address))
