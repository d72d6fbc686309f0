"""The capture desk: camera and screen behind one small face, each off until somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import numpy as np

from app.capture.cameras import ChosenCamera
from app.capture.lookout import Lookout, Open
from app.capture.main import Screens, cameras
from app.capture.models import (
    Area,
    CameraHandler,
    Declined,
    Eye,
    Rect,
    Shot,
    Sight,
    Source,
    SourceSight,
)
from app.capture.pace import LOOKS, Look
from app.capture.privacy import PrivateList
from app.window.words import tr
from engine.microturn import Frame

OnFrame = Callable[[Frame], None]
OnSight = Callable[[Sight], None]


class Capture(Protocol):
    """What a conversation needs of cameras and screens. The callbacks come on their threads."""

    def start(self, on_frame: OnFrame, on_sight: OnSight) -> None: ...

    def stop(self) -> None:
        """Everything is closed when it returns."""
        ...

    def watch(self, on: bool) -> None:
        """Opens the camera, or closes it."""
        ...

    def use_camera(self, name: str | None) -> None:
        """Takes this one from now on; None: the system's first."""
        ...

    def share(self, area: Area | None) -> None:
        """Shows this part of the screen and no other; None: nothing of it."""
        ...

    def look_as(self, looks: Mapping[Source, Look]) -> None:
        """Pictures of this size and at this pace from now on."""
        ...

    def pause(self, paused: bool) -> None:
        """Paused, camera and screen are closed; afterwards both are as they were."""
        ...

    @property
    def aim(self) -> Rect | None:
        """The part of the screen that the newest picture showed; None while there is none."""
        ...


class SeesScreens(Protocol):
    """Opens an area of the screen, or what stands for it."""

    def open(self, area: Area, private: PrivateList) -> Eye: ...

    def forget(self) -> None:
        """The user chooses anew, or shares nothing any more: no choice of before holds."""
        ...


class CaptureDesk:
    """The real one."""

    def __init__(
        self,
        find_cameras: Callable[[], CameraHandler] = cameras,
        screens: SeesScreens | None = None,
        private: PrivateList | None = None,
        camera: str | None = None,
        looks: Mapping[Source, Look] = LOOKS,
    ) -> None:
        self._find_cameras, self._screens = find_cameras, screens or Screens()
        self._private = private if private is not None else PrivateList()
        self._wanted_camera, self._looks = camera, looks
        self._wanted: dict[Source, Open | None] = {"camera": None, "screen": None}
        self._paused, self._often = False, 1.0
        self._lookouts: dict[Source, list[Lookout]] = {"camera": [], "screen": []}
        self._changing, self._telling = threading.Lock(), threading.Lock()
        self._aim: Rect | None = None
        self._told = Sight()

    def start(self, on_frame: OnFrame, on_sight: OnSight) -> None:
        self._on_frame, self._on_sight = on_frame, on_sight

    def stop(self) -> None:
        """What was chosen to be shared holds at the next start."""
        self.watch(False)
        self._change("screen", None)
        for lookout in (one for ones in self._lookouts.values() for one in ones):
            lookout.stop()

    def watch(self, on: bool) -> None:
        self._change("camera", self._open_camera if on else None)

    def use_camera(self, name: str | None) -> None:
        self._wanted_camera = name
        if self._wanted["camera"] is not None:
            self.watch(True)

    def share(self, area: Area | None) -> None:
        if area is None or self._wanted["screen"] is not None:
            self._screens.forget()
        self._change("screen", None if area is None else partial(self._open_screen, area))

    def keep_private(self, private: PrivateList) -> None:
        """Never shows these windows from now on."""
        self._private = private
        self._again()

    def look_as_often_as(self, part: float) -> None:
        """part: of the pictures that the model can take, 0 for none at all."""
        self._often = part
        self._again()

    def look_as(self, looks: Mapping[Source, Look]) -> None:
        if looks != self._looks:
            self._looks = looks
            self._again()

    def pause(self, paused: bool) -> None:
        self._paused = paused
        self._again()

    def _again(self) -> None:
        """Whatever is on is opened anew."""
        for source in self._wanted:
            with self._changing:  # what the user closes meanwhile stays closed
                self._renew(source, self._wanted[source])
        self._report()

    @property
    def aim(self) -> Rect | None:
        return self._aim

    def _open_camera(self) -> tuple[Eye, str, str]:
        self._check_wanted()
        eye = ChosenCamera(self._find_cameras(), self._wanted_camera)
        return eye, eye.camera.name, eye.notice

    def _open_screen(self, area: Area) -> tuple[Eye, str, str]:
        self._check_wanted()
        return self._screens.open(area, self._private), area.words, ""

    def _check_wanted(self) -> None:
        if not self._often:
            raise Declined(tr("Pictures are switched off in the settings."))

    def _change(self, source: Source, open_eye: Open | None) -> None:
        with self._changing:
            self._renew(source, open_eye)
        self._report()

    def _renew(self, source: Source, open_eye: Open | None) -> None:
        """The one before ends by itself; it counts as seeing until it is really closed."""
        for lookout in self._lookouts[source]:
            lookout.stop(wait=False)
        self._forget_ended(source)
        self._wanted[source] = open_eye
        if source == "screen":
            self._aim = None
        if open_eye is not None and not self._paused:
            see = partial(self._see, source)
            look = self._looks[source].as_often_as(self._often)
            made = Lookout(source, open_eye, look, see, self._report)
            self._lookouts[source].append(made)
            made.start()

    def _see(self, source: Source, picture: np.ndarray, shot: Shot) -> None:
        if source == "screen":
            self._aim = shot.rect
        self._on_frame(Frame(source, picture))

    def _report(self) -> None:
        with self._telling:
            sight = Sight(self._sight("camera"), self._sight("screen"))
            if sight != self._told:
                self._told = sight
                self._on_sight(sight)

    def _sight(self, source: Source) -> SourceSight:
        """Of the newest that is not off."""
        on = [one.sight for one in self._lookouts[source] if one.sight.state != "off"]
        return on[-1] if on else SourceSight()

    def _forget_ended(self, source: Source) -> None:
        self._lookouts[source] = [one for one in self._lookouts[source] if one.sight.state != "off"]
