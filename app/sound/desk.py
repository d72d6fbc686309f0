"""The sound desk: everything between the two devices and the client, behind one small face."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from app.sound.captured import FrameQueue
from app.sound.devices import Device, DeviceList, Kind
from app.sound.earcons import Earcon, Earcons, earcon
from app.sound.echo import AS_USUAL, Cleaning
from app.sound.loop import OnTurn, SoundLoop
from app.sound.loopback.main import WithSystemSound
from app.sound.meter import Meter
from app.sound.microphone import Microphone
from app.sound.patchbay import Opener, Patchbay, Stream, Wiring
from app.sound.played import Played
from app.sound.playout import Playout, Unheard
from app.sound.portaudio import start_anew
from app.sound.speaker import Speaker
from app.sound.system_ear import SystemEar
from app.sound.tape import TapeSound, WithTapes

log = logging.getLogger(__name__)
OnWiring = Callable[[Wiring], None]


class Sound(Protocol):
    """What a conversation needs of sound. The callbacks come on the desk's own threads."""

    def start(self, on_turn: OnTurn, on_wiring: OnWiring) -> None: ...

    def stop(self) -> None: ...

    def play(self, generation: int, samples: np.ndarray) -> None:
        """Voice of one micro-turn: (n,) float32 at 16 kHz."""
        ...

    def flush(self) -> Unheard | None:
        """Silence now; the rest of the present generation stays unheard. None if there is none."""
        ...

    def restart_voice(self) -> None:
        """A new session begins: its generations count from one again."""
        ...

    def use(self, kind: Kind, name: str | None) -> None: ...

    def mute(self, muted: bool) -> None: ...

    def hear_system(self, on: bool) -> None:
        """Opens what the computer plays as a source beside the microphone, or closes it."""
        ...

    def clean(self, cleaning: Cleaning) -> None:
        """Does this to the microphone's sound from now on."""
        ...

    def chime(self, name: Earcon) -> None:
        """A short sound of Aside's own, over whatever it says."""
        ...

    def when_stirred(self, call: Callable[[], None]) -> None:
        """`call` comes, on a thread of the desk's, when sound is captured after quiet."""
        ...

    @property
    def level(self) -> float:
        """Of what is captured now, 0 to 1."""
        ...

    @property
    def playing(self) -> bool: ...


class SoundDesk:
    """The real one. tapes: recordings that stand for the devices of a kind."""

    def __init__(
        self,
        devices: DeviceList,
        microphone: str | None = None,
        speaker: str | None = None,
        cleaning: Cleaning = AS_USUAL,
        tapes: Mapping[Kind, Path] | None = None,
    ) -> None:
        self._tapes = dict(tapes or {})
        self._loopback = WithSystemSound(devices)
        self._devices = WithTapes(self._loopback, self._tapes)
        self._wanted: dict[Kind, str | None] = {"microphone": microphone, "speaker": speaker}
        self._cleaning = cleaning
        self._patchbay: Patchbay | None = None
        self._muted = self._hears_system = False
        self._frames = FrameQueue()
        # One for each who reads: a reader walks through it at its own source's pace.
        self._played, self._played_to_system = Played(), Played()
        self._system = SystemEar(self._played_to_system)
        self._playout = Playout()
        self._speaker: Speaker | None = None
        self._earcons = Earcons()
        self._meter = Meter()

    def start(self, on_turn: OnTurn, on_wiring: OnWiring) -> None:
        self._on_wiring = on_wiring
        self._loop = SoundLoop(
            self._frames, self._played, self._cleaning.canceller, self._meter, self._system,
            on_turn,
        )  # fmt: skip
        openers: dict[Kind, Opener] = {
            "microphone": self._open_microphone,
            "speaker": self._open_speaker,
            "system": self._open_system,
        }
        wanted: dict[Kind, str | None] = {
            kind: self._name(kind) for kind in ("microphone", "speaker", "system")
        }
        self._patchbay = Patchbay(self._devices, openers, start_anew, self._rewired, wanted)
        self._patchbay.enable("microphone", not self._muted)
        self._patchbay.enable("system", self._hears_system)
        self._loop.start()
        self._patchbay.start()

    def stop(self) -> None:
        self.flush()
        if self._patchbay is not None:
            self._patchbay.stop()
        self._loop.stop()

    def play(self, generation: int, samples: np.ndarray) -> None:
        self._playout.add(generation, samples)
        if self._speaker is None:
            self._playout.drop()
        self._wake_speaker()

    def flush(self) -> Unheard | None:
        unheard = self._playout.flush()
        self._earcons.flush()
        if self._speaker is not None:
            self._speaker.hush()
        return unheard

    def restart_voice(self) -> None:
        self._playout.restart()

    def use(self, kind: Kind, name: str | None) -> None:
        """Of the system the output is heard that is the speaker."""
        self._wanted[kind] = name
        if self._patchbay is not None:
            self._patchbay.want(kind, self._name(kind))
            self._patchbay.want("system", self._name("system"))

    def mute(self, muted: bool) -> None:
        """Not one more frame is passed on; the stream closes right after. Before the start too: a
        microphone that is to be closed is never opened."""
        self._muted = muted
        self._frames.open(not muted)
        if self._patchbay is not None:
            self._patchbay.enable("microphone", not muted)

    def hear_system(self, on: bool) -> None:
        """Off, not one more frame is passed on; the stream closes right after."""
        self._hears_system = on
        self._system.listen(on)
        if self._patchbay is not None:
            self._patchbay.enable("system", on)

    def clean(self, cleaning: Cleaning) -> None:
        self._cleaning = cleaning
        if self._patchbay is not None:
            self._loop.use(cleaning.canceller)

    def chime(self, name: Earcon) -> None:
        try:
            self._earcons.play(earcon(name))
            self._wake_speaker()
        except (OSError, soundfile.SoundFileError) as error:
            log.error("no sound for %s: %s", name, error)

    def when_stirred(self, call: Callable[[], None]) -> None:
        self._meter.on_stir = call

    @property
    def level(self) -> float:
        return self._meter.level

    @property
    def playing(self) -> bool:
        return self._playout.busy

    def _name(self, kind: Kind) -> str | None:
        """The device that is wanted, by name; a tape stands for whatever is."""
        if kind in self._tapes:
            return None
        return self._wanted["speaker" if kind == "system" else kind]

    def _open_microphone(self, device: Device, port: int | str) -> Stream:
        if device.kind in self._tapes:
            return TapeSound(self._tapes[device.kind], self._frames)
        return Microphone(device, port, self._frames)

    def _open_system(self, device: Device, port: int | str) -> Stream:
        if device.kind in self._tapes:
            return TapeSound(self._tapes[device.kind], self._system.frames)
        return self._loopback.open(device, port, self._system.frames)

    def _open_speaker(self, device: Device, port: int | str) -> Speaker:
        played = (self._played, self._played_to_system)
        made = Speaker(device, port, self._next_frame, self._has_to_play, played)
        self._speaker = made
        return made

    def _wake_speaker(self) -> None:
        if self._speaker is not None:
            self._speaker.wake()

    def _has_to_play(self) -> bool:
        return self._playout.busy or self._earcons.waits

    def _next_frame(self) -> np.ndarray:
        """What the speaker plays next: (160,) float32."""
        return self._earcons.over(self._playout.pull())

    def _rewired(self, wiring: Wiring) -> None:
        if wiring.speaker is None:
            self._speaker = None
            self._playout.drop()
        self._loop.expect(wiring.latency)
        self._on_wiring(wiring)
