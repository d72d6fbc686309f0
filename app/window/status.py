"""What Aside is doing now, as one value that follows from what happened. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from app.capture.models import Sight, SourceSight
from app.capture.models import State as SourceState
from app.conversation import Happening, ModeChanged, Muted, Paused, VoiceStarted, Withheld
from app.sound.devices import Device
from app.sound.patchbay import Wiring
from app.voice_gate import Mode, Withholding
from app.window.words import said, tr
from engine.background.told import Warned
from engine.client.events import (
    EngineFailed,
    EngineLost,
    EngineReady,
    EngineResting,
    EngineStarting,
    Error,
    Notice,
    State,
)

Doing = Literal[
    "starting", "listening", "quiet", "speaking", "writing", "delayed", "muted", "paused", "deaf",
    "restarting", "failed", "resting",
]  # fmt: skip

WORDS: dict[Doing, str] = {
    "starting": "Starting",
    "listening": "Listening",
    "quiet": "Quiet",
    "speaking": "Speaking",
    "writing": "Writing",
    "delayed": "Delayed",
    "muted": "Muted",
    "paused": "Paused",
    "deaf": "No microphone: type to me",
    "restarting": "Engine restarting",
    "failed": "The engine does not start",
    "resting": "Resting",
}

ASLEEP = (
    "The model's memory is free, and nothing is heard or seen. Type, or hold the talk key, and it "
    "goes on."
)


@dataclass(frozen=True)
class Light:
    """What is so with one source: "seeing" is open and capturing. what: the device's name."""

    source: Literal["microphone", "system", "camera", "screen"]
    state: SourceState
    what: str = ""


@dataclass(frozen=True)
class Status:
    """engine: how the engine is; own_engine: whether it is a process of ours; state: what
    the session says of itself; wiring: the devices.

    trouble: the engine's last complaint, in words for people, until it is well again.
    """

    engine: Literal["starting", "ready", "restarting", "failed", "resting"] = "starting"
    own_engine: bool = False
    state: State = field(default_factory=lambda: State("listening"))
    wiring: Wiring | None = None
    muted: bool = False
    paused: bool = False
    mode: Mode = "full"
    withheld: Withholding | None = None
    trouble: str = ""
    sight: Sight = field(default_factory=Sight)

    def after(self, happening: Happening) -> Status:
        match happening:
            case Wiring():
                return replace(self, wiring=happening)
            case Sight():
                return replace(self, sight=happening)
            case Muted(muted):
                return replace(self, muted=muted)
            case Paused(paused):
                return replace(self, paused=paused)
            case ModeChanged(mode):
                return replace(self, mode=mode)
            case Withheld(_, why):
                return replace(self, withheld=why)
            case VoiceStarted():
                return replace(self, withheld=None)
            case State():
                return replace(self, state=happening)
            case EngineStarting(attempt):
                return replace(self, engine="starting" if attempt == 1 else "restarting")
            case EngineResting():
                return replace(self, engine="resting", trouble="")
            case EngineReady(_, pid):
                ready = replace(self, engine="ready", own_engine=pid is not None)
                return replace(ready, trouble="", state=State("listening"))
            case EngineLost(reason):
                return replace(self, engine="restarting", trouble=_sentence(reason))
            case EngineFailed(message):
                return replace(self, engine="failed", trouble=_sentence(message))
            case Error(_, message) | Notice("history" | "blind", message):
                return replace(self, trouble=_sentence(message))
            case Notice("away", message):
                return replace(self, engine="restarting", trouble=_sentence(message))
            case Notice("resumed"):
                return replace(self, engine="ready", trouble="")
            case Warned(message):
                return replace(self, trouble=said(message))
        return self

    def soothed(self) -> Status:
        """A complaint of an engine that works has been read."""
        return replace(self, trouble="") if self.engine == "ready" else self

    @property
    def doing(self) -> Doing:
        if self.engine != "ready":
            return self.engine
        if self.paused:
            return "paused"
        if self.state.state == "speaking":
            return "speaking" if self.withheld is None and self.mode == "full" else "writing"
        if self.state.state == "delayed":
            return "delayed"
        if self.muted:
            return "muted"
        if self.wiring is not None and self.wiring.microphone is None:
            return "deaf"
        return "listening" if self.mode == "full" else "quiet"

    @property
    def words(self) -> str:
        return WORDS[self.doing]

    @property
    def lights(self) -> tuple[Light, ...]:
        """One for each source, as it really is: what is open, not what was asked for."""
        wiring = self.wiring or Wiring()
        return (
            _ear("microphone", wiring.microphone, not self.muted),
            _ear("system", wiring.system, wiring.wants_system),
            _light("camera", self.sight.camera),
            _light("screen", self.sight.screen),
        )

    @property
    def pill_words(self) -> str:
        """What the lights do not say already."""
        return "" if self.doing in ("listening", "muted", "deaf") else tr(self.words)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know besides, most pressing first."""
        wiring = self.wiring.notices if self.wiring is not None else ()
        reading = tr("Still reading what you typed.") if self.state.waiting_text else ""
        again = tr("Start it again from the menu.") if self.engine == "failed" else ""
        asleep = tr(ASLEEP) if self.engine == "resting" else ""
        spent = tr("Written, not spoken: it has spoken as often as you allow.") if (
            self.withheld == "budget" and self.state.state == "speaking") else ""  # fmt: skip
        told = (self.trouble, again, asleep, *wiring, *self.sight.notices, spent, reading)
        return tuple(dict.fromkeys(filter(None, told)))


def _ear(source: Literal["microphone", "system"], open: Device | None, wanted: bool) -> Light:
    if open is not None:
        return Light(source, "seeing", open.name)
    return Light(source, "waiting" if wanted else "off")


def _light(source: Literal["camera", "screen"], sight: SourceSight) -> Light:
    return Light(source, sight.state, sight.what)


def _sentence(message: str) -> str:
    text = tr(message.strip()).rstrip(".。")
    end = "。" if text and ord(text[-1]) > 0x2E80 else "."
    return text[:1].upper() + text[1:] + end if text else ""
