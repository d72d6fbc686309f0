"""What the command line says of camera and screen, for `aside`."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from app.capture.desk import CaptureDesk
from app.capture.main import TapeScreens, cameras
from app.capture.models import Area, OneMonitor, WholeScreen
from app.capture.privacy import PrivateList
from app.settings.schema import CAMERA, PICTURES, PRIVATE_WINDOWS
from app.settings.setting import Setting
from app.settings.store import Settings

# The setting's values as parts of what the model can take.
OFTEN = {"full": 1.0, "half": 0.5, "off": 0.0}


class Switches(Protocol):
    """What can be switched on: a conversation."""

    def watch(self, on: bool) -> None: ...

    def share(self, area: Area | None) -> None: ...


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--camera", metavar="NAME", help="take this camera while it is there")
    add("--watch", action="store_true", help="begin with the camera on")
    add("--share", action="store_true", help="begin with the whole screen shared")
    add("--monitor", metavar="NAME", help="begin with this monitor alone shared, like HDMI-1")
    add("--camera-tape", type=Path, metavar="FILE", help="a video or a tape that plays the camera")
    add("--screen-tape", type=Path, metavar="FILE", help="a video or a tape that plays the screen")
    words = "never show windows with such a title or class, like '*bank*'; may be repeated"
    add("--private", action="append", metavar="PATTERN", default=[], help=words)


class Obedience:
    """Makes the capture desk obey the settings and, before them, the command line."""

    def __init__(self, options: argparse.Namespace, settings: Settings) -> None:
        self._options, self._settings = options, settings

    @property
    def private(self) -> PrivateList:
        return PrivateList((*self._settings[PRIVATE_WINDOWS], *self._options.private))

    @property
    def camera(self) -> str | None:
        return self._options.camera or self._settings[CAMERA]

    def desk(self) -> CaptureDesk:
        """A desk on which everything is off yet."""
        tape = self._options.screen_tape
        made = CaptureDesk(
            partial(cameras, self._options.camera_tape),
            TapeScreens(tape) if tape is not None else None,
            self.private,
            self.camera,
        )
        made.look_as_often_as(OFTEN[self._settings[PICTURES]])
        self._settings.watch(partial(self._changed, made))
        return made

    def _changed(self, desk: CaptureDesk, which: Setting[Any]) -> None:
        if which.id == PRIVATE_WINDOWS.id:
            desk.keep_private(self.private)
        elif which.id == CAMERA.id:
            desk.use_camera(self.camera)
        elif which.id == PICTURES.id:
            desk.look_as_often_as(OFTEN[self._settings[PICTURES]])


def switch_on(switches: Switches, options: argparse.Namespace) -> None:
    """What is to be on from the beginning. A tape is there to be played."""
    if options.watch or options.camera_tape is not None:
        switches.watch(True)
    if options.monitor:
        switches.share(OneMonitor(options.monitor))
    elif options.share or options.screen_tape is not None:
        switches.share(WholeScreen())
