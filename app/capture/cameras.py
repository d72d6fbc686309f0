"""Which camera is taken, by name, whatever is plugged and unplugged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from app.capture.models import Camera, CameraHandler, CaptureError, Eye, Lost, Shot
from app.window.words import tr

CHECK_S = 1.0


class ChosenCamera:
    """An open camera that gives way when the wanted one comes back, and tells when it is gone."""

    def __init__(
        self, handler: CameraHandler, wanted: str | None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._handler, self._wanted, self._now_s = handler, wanted, now_s
        self.camera = choose(handler.cameras(), wanted)
        self._eye: Eye = handler.open(self.camera)
        self._checked_s = now_s()

    @property
    def notice(self) -> str:
        if self._wanted and self._wanted.casefold() != self.camera.name.casefold():
            away = tr("{wanted} is not there: using {used} until it returns.")
            return away.format(wanted=self._wanted, used=self.camera.name)
        return ""

    def look(self) -> Shot | None:
        if self._now_s() - self._checked_s >= CHECK_S:
            self._checked_s = self._now_s()
            self._check()
        return self._eye.look()

    def close(self) -> None:
        self._eye.close()

    def _check(self) -> None:
        there = self._handler.cameras()
        if self.camera.key not in {camera.key for camera in there}:
            raise Lost(tr("{name} was unplugged.").format(name=self.camera.name))
        if choose(there, self._wanted).key != self.camera.key:
            raise Lost("")


def choose(there: Sequence[Camera], wanted: str | None) -> Camera:
    """The wanted one, by name; else the first. Raises CaptureError where there is none."""
    if not there:
        raise CaptureError(tr("No camera: plug one in, and it is used by itself."))
    name = (wanted or "").casefold()
    named = [one for one in there if name in (one.name.casefold(), one.key.casefold())]
    return (named or list(there))[0]
