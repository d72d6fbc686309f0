"""One conversation: sound and capture desk on one side, the engine's client on the other. No Qt.

Sound and pictures take the short way between the two, on their own threads. Everything that the
user is to know is told to one listener as an event; what it means for the window is its business.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from app.capture.desk import Capture, CaptureDesk
from app.capture.models import Area, Sight
from app.capture.pace import looks_of
from app.sound.desk import Sound
from app.sound.devices import Kind
from app.sound.earcons import Earcon
from app.sound.echo import Cleaning
from app.sound.patchbay import Wiring
from app.sound.system_ear import mixed
from app.voice_gate import Mode, VoiceGate, Withholding
from app.window.words import tr
from engine.background.told import Told
from engine.client.events import (
    Appended,
    Capabilities,
    EngineLost,
    EngineResting,
    EngineStarting,
    Event,
    Heard,
    Hushed,
    Notice,
    Started,
    TurnDone,
    Usage,
    VoiceAudio,
)
from engine.microturn import Frame, Update

BLIND = (
    "This model does not see: pictures go to the background model alone, if you have chosen one."
)


class Link(Protocol):
    """What a conversation needs of engine.client.link.EngineLink."""

    def start(self) -> object: ...

    def stop(self) -> bool: ...

    def send_audio(self, samples: np.ndarray) -> None: ...

    def send_text(self, words: str) -> None: ...

    def send_frame(self, frame: Frame) -> None: ...

    def send_update(self, told: Update) -> None: ...

    def untaken(self) -> Sequence[str | Update]: ...

    def mute(self, muted: bool) -> None: ...

    def address(self, on: bool) -> None: ...

    def hush(self, generation: int, played_ms: int) -> None: ...

    def rest(self) -> None: ...

    def wake(self) -> None: ...


@dataclass(frozen=True)
class Muted:
    """The user switched the microphone off or on."""

    muted: bool


@dataclass(frozen=True)
class Paused:
    """Nothing is heard or said until the user goes on."""

    paused: bool


@dataclass(frozen=True)
class ModeChanged:
    """The user wants it to speak, or to write instead."""

    mode: Mode


@dataclass(frozen=True)
class Withheld:
    """A stretch of voice is written and not played."""

    generation: int
    why: Withholding


@dataclass(frozen=True)
class Typed:
    """The user typed this."""

    text: str


@dataclass(frozen=True)
class VoiceStarted:
    """The first sound of a stretch of voice is on its way to the speaker."""

    generation: int


Happening = (
    Event | Wiring | Sight | Muted | Paused | ModeChanged | Withheld | Typed | VoiceStarted | Told
)
Connect = Callable[[Callable[[Event], None]], Link]
# Whose sound: "user" is the microphone, "system" what the computer plays.
Whose = Literal["user", "aside", "system"]
# Sound on its way: whose, and (n,) float32 at 16 kHz. Called from sound threads.
Overhear = Callable[[Whose, np.ndarray], None]
Glimpse = Callable[[Frame], None]
# Takes (3200,) float32 at 16 kHz, what would have gone to the engine. Called from sound threads.
Rehearsal = Callable[[np.ndarray], None]


class Conversation:
    """Started once, stopped once. `tell` is called from several threads and must return soon.

    muted: whether the user closed the microphone; closed: whether it is, for whatever reason.
    """

    def __init__(
        self,
        sound: Sound,
        connect: Connect,
        tell: Callable[[Happening], None],
        overhear: Overhear | None = None,
        capture: Capture | None = None,
        glimpse: Glimpse | None = None,
    ) -> None:
        self.sound, self.capture = sound, capture or CaptureDesk()
        self._glimpse = glimpse or (lambda _frame: None)
        self._overhear = overhear or (lambda _side, _samples: None)
        self._connect, self._tell = connect, tell
        self._newest = 0  # which link it is whose events are taken
        self._link = self._new_link()
        self._endings: list[threading.Thread] = []
        self.gate = VoiceGate()
        self.muted = self.closed = self.paused = self.resting = self.watching = False
        # The user's thread and the engine's may both open or close what is captured.
        self._switching = threading.RLock()
        self.earcons = True
        self._talking = self._deaf = False
        self._hears_system = self._system_open = self._blindfold = False
        self._whatever = True
        self._rehearsal: Rehearsal | None = None
        self._generation = 0
        self._blind = False
        self.shared: Area | None = None

    def start(self) -> None:
        self._link.start()
        self._say_who_is_meant()
        if self._deaf:
            self._link.mute(True)
        self.sound.start(self._send_turn, self._tell)
        self.capture.start(self._send_frame, self._tell)

    def stop(self) -> None:
        self.capture.stop()
        self.sound.stop()
        self._link.stop()
        for ending in self._endings:
            ending.join()

    def reconnect(self) -> None:
        """Tries again with an engine that was given up. Returns at once; the words that the last
        one did not take follow when that has ended."""
        link = self._new_link()
        link.start()
        with self._switching:
            before, self._link = self._link, link
            link.mute(self._deaf)
        self._say_who_is_meant()
        ending = threading.Thread(target=self._end, args=(before,), name="ending", daemon=True)
        self._endings = [*filter(threading.Thread.is_alive, self._endings), ending]
        ending.start()

    def _new_link(self) -> Link:
        """From now on its events are taken, and of those before it only what they confirm."""
        self._newest += 1
        number = self._newest

        def take(event: Event) -> None:
            if number == self._newest or isinstance(event, Appended):
                self._take(event)

        return self._connect(take)

    def _end(self, before: Link) -> None:
        before.stop()
        # Meanwhile no link is replaced: one that is asked for its words has these among them.
        with self._switching:
            for said in before.untaken():
                send = self._link.send_text if isinstance(said, str) else self._link.send_update
                send(said)  # type: ignore[arg-type]

    def free_engine(self) -> None:
        """Lets the engine go to free its memory. Meanwhile nothing is heard or seen; what is typed,
        said with the key or found out in the background starts it again where it was."""
        self._link.rest()

    def wake(self) -> None:
        if self.resting:
            self._link.wake()

    def type(self, text: str) -> None:
        """Empty lines are not sent."""
        words = text.strip()
        if words:
            self.gate.prompted()
            self._tell(Typed(words))
            self._link.send_text(words)

    def inform(self, update: Update) -> None:
        """What the background found out; when it is said, and whether, the model decides."""
        self._link.send_update(update)

    def mute(self, muted: bool) -> None:
        """Muted, the microphone is closed: nothing is captured at all."""
        self.muted = muted
        if not muted:
            self.wake()
        self._set_microphone()

    def talk(self, talking: bool) -> None:
        """Push to talk: as long as this is so the microphone is open, muted or not, and what is
        said is meant for Aside."""
        self._talking = talking
        self._say_who_is_meant()
        if talking:
            self.wake()
        self._set_microphone()

    def answer(self, whatever: bool) -> None:
        """Whether whatever is said is meant for Aside, or what is said to it alone."""
        self._whatever = whatever
        self._say_who_is_meant()

    def pause(self, paused: bool) -> None:
        """Paused, nothing is captured, and no voice is played."""
        self.paused = self.gate.paused = paused
        if paused:
            self.silence()
        else:
            self.wake()
        self._set_microphone()
        self._set_capture()
        self._tell(Paused(paused))

    def speak_as(self, mode: Mode) -> None:
        """In every mode but "full" the voice is written instead of played."""
        self.gate.mode = mode
        if mode != "full":
            self.sound.flush()
        self._set_microphone()
        self._tell(ModeChanged(mode))

    def silence(self) -> None:
        """The voice stops now, wherever it is, and the engine is told what nobody heard."""
        unheard = self.sound.flush()
        if unheard is not None and self._rehearsal is None:
            self._link.hush(unheard.generation, unheard.played_ms)

    def chime(self, name: Earcon) -> None:
        """A short sound, where its voice would be played too: quiet modes and a pause have none."""
        speaks = self.gate.mode == "full" and not self.gate.paused and self._rehearsal is None
        if self.earcons and speaks:
            self.sound.chime(name)

    def use(self, kind: Kind, name: str | None) -> None:
        self.sound.use(kind, name)

    def clean(self, cleaning: Cleaning) -> None:
        self.sound.clean(cleaning)

    def hear_system(self, on: bool) -> None:
        """Hears what the computer plays, beside the microphone and whether that is open or not.

        The model has one ear: both are mixed for it. Everyone else gets them apart.
        """
        self._hears_system = on
        self._set_microphone()

    def watch(self, on: bool) -> None:
        """Switches the camera on or off."""
        self.watching = on
        self.capture.watch(on)
        self._say_who_looks(on)

    def share(self, area: Area | None) -> None:
        """Shows this part of the screen; None shows nothing of it any more."""
        self.shared = area
        self.capture.share(area)
        self._say_who_looks(area is not None)

    def _say_who_looks(self, on: bool) -> None:
        if on and self._blind:
            self._tell(Notice("blind", tr(BLIND)))

    def _say_who_is_meant(self) -> None:
        self._link.address(self._whatever or self._talking)

    def _send_frame(self, frame: Frame) -> None:
        self._link.send_frame(frame)
        self._glimpse(frame)

    def rehearse(self, hear: Rehearsal | None) -> None:
        """A test of the devices: what is heard goes to `hear`, and the engine gets silence.

        None ends it. Meanwhile the speaker is the test's: it plays generation 1.
        """
        self._rehearsal = hear
        self.sound.restart_voice()
        self._generation = 0

    def _set_microphone(self) -> None:
        with self._switching:
            shut = self.muted or self.gate.mode == "typed"
            closed = self.paused or self.resting or (shut and not self._talking)
            self._set_system(self._hears_system and not (self.paused or self.resting))
            deaf = closed and not self._system_open
            if closed != self.closed:
                self.closed = closed
                self.sound.mute(closed)
                self._tell(Muted(closed))
            if deaf != self._deaf:
                self._deaf = deaf
                self._link.mute(deaf)

    def _set_capture(self) -> None:
        with self._switching:
            closed = self.paused or self.resting
            if closed != self._blindfold:
                self._blindfold = closed
                self.capture.pause(closed)

    def _set_system(self, opened: bool) -> None:
        if opened != self._system_open:
            self._system_open = opened
            self.sound.hear_system(opened)

    def _send_turn(self, audio: np.ndarray, system: np.ndarray | None = None) -> None:
        if (rehearsal := self._rehearsal) is not None:
            rehearsal(audio)
            self._link.send_audio(np.zeros_like(audio))
            return
        self._link.send_audio(mixed(audio, system))
        self._overhear("user", audio)
        if system is not None:
            self._overhear("system", system)

    def _take(self, event: Event) -> None:
        if isinstance(event, Usage | TurnDone):
            return  # nobody here wants them, and they come at rest, when nothing is to wake
        if isinstance(event, VoiceAudio):
            if self._rehearsal is None:
                self._play(event)
            return
        if isinstance(event, EngineResting | EngineStarting):
            self._set_resting(isinstance(event, EngineResting))
        if isinstance(event, Heard):
            self.gate.prompted()
        if isinstance(event, Capabilities):
            self._blind = event.blind
            self.capture.look_as(looks_of(event))
        if isinstance(event, Hushed):
            self.sound.flush()
        if isinstance(event, Started | EngineLost):
            self.sound.restart_voice()
            self.gate.restart()
            self._generation = 0
        self._tell(event)

    def _set_resting(self, resting: bool) -> None:
        """While there is no engine to hear and see, nothing is captured."""
        if resting != self.resting:
            self.resting = resting
            self._set_capture()
            self._set_microphone()

    def _play(self, voice: VoiceAudio) -> None:
        """A server without our extensions does not number its voice: a pause then starts anew."""
        generation = voice.generation
        if not generation:
            generation = self._generation + (0 if self.sound.playing else 1)
        if generation > self._generation:
            self._generation = generation
            why = self.gate.withholds(generation)
            self._tell(Withheld(generation, why) if why else VoiceStarted(generation))
        if self.gate.withholds(generation) is None:
            self.sound.play(generation, voice.samples)
            self._overhear("aside", voice.samples)
