"""A scripted session: obeys engine.microturn's protocols, knows no model, loads in no time.

It reacts by rule, so that a test at any seam can see what crossed it:

- a turn with sound in it is heard as its loudest frequency: 440 Hz is the word "hz440";
- typed text is said back, one word a micro-turn, as a tone of 200 + 100 * generation Hz;
- commentary is said too; thinking is kept and comes back when somebody types "recall";
- "delegate TASK" is the act `delegate`; "act NAME" an act without arguments;
- a frame is the act `seen` with its source, size and mean colour;
- "addressed" is an act that tells of each micro-turn so far whether it was meant for it, as 1 or 0;
- "digest" is an act with a hash over everything that the session ever took in;
- "crash" raises, after the state was touched; "hang SECONDS" sleeps.

Run as a module it is an engine server: `python -m tests.scripted --announce`.
"""

from __future__ import annotations

import hashlib
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, Act, Frame, InputTurn, OutputTurn

LOUD = 0.01


@dataclass(frozen=True)
class ScriptedState:
    turn: int = 0
    generation: int = 0
    speaking: bool = False
    queue: tuple[str, ...] = ()
    thoughts: tuple[str, ...] = ()
    digest: str = ""
    addressed: str = ""


@dataclass
class ScriptedSession:
    """Steps by rule; `state` is the whole of it and a value."""

    seed: int = 0
    state: ScriptedState = field(default_factory=ScriptedState)

    def snapshot(self) -> ScriptedState:
        return self.state

    def restore(self, state: ScriptedState) -> None:
        self.state = state

    def step(self, turn: InputTurn) -> OutputTurn:
        if turn.index != self.state.turn:
            raise ValueError(f"micro-turn {turn.index} came where {self.state.turn} was due")
        self._take_in(turn)
        acts = self._obey(turn.text)
        acts += [_seen(frame) for frame in (turn.camera, turn.screen) if frame is not None]
        say = self._next_word()
        state = self.state
        self.state = replace(state, turn=state.turn + 1, speaking=bool(say))
        return OutputTurn(
            index=turn.index,
            heard=heard(turn.audio),
            say=say,
            acts=tuple(acts),
            speaking=bool(say),
            audio=tone(200 + 100 * state.generation) if say else None,
            generation=state.generation,
        )

    def _take_in(self, turn: InputTurn) -> None:
        thoughts = tuple(update.text for update in turn.updates if update.kind == "thinking")
        spoken = [u.text for u in turn.updates if u.kind == "commentary"]
        self.state = replace(
            self.state,
            digest=_digest(self.state.digest, turn),
            addressed=self.state.addressed + str(int(turn.addressed)),
            thoughts=self.state.thoughts + thoughts,
            queue=self.state.queue + tuple(" ".join(spoken).split()),
        )

    def _obey(self, text: str) -> list[Act]:
        verb, _, rest = text.partition(" ")
        if verb == "crash":
            raise RuntimeError("the script says crash")
        if verb == "hang":
            time.sleep(float(rest))
            return []
        if verb == "delegate":
            return [Act("delegate", {"text": rest})]
        if verb == "act":
            return [Act(rest)]
        if verb == "addressed":
            return [Act("addressed", {"turns": self.state.addressed})]
        if verb == "digest":
            return [Act("digest", {"digest": self.state.digest, "seed": self.seed})]
        said = self.state.thoughts if verb == "recall" else (text,)
        self.state = replace(self.state, queue=self.state.queue + tuple(" ".join(said).split()))
        return []

    def _next_word(self) -> str:
        if not self.state.queue:
            return ""
        word, *rest = self.state.queue
        started = 0 if self.state.speaking else 1
        generation = self.state.generation + started
        self.state = replace(self.state, queue=tuple(rest), generation=generation)
        return word


class ScriptedEngine:
    """Opens scripted sessions and remembers them in `sessions`."""

    name = "scripted"
    sees = ("camera", "screen")

    def __init__(self, step_s: float = 0.0) -> None:
        self.step_s = step_s
        self.sessions: list[ScriptedSession] = []

    def session(self, seed: int = 0) -> ScriptedSession:
        opened = ScriptedSession(seed) if not self.step_s else _SlowSession(seed, self.step_s)
        self.sessions.append(opened)
        return opened

    def count_tokens(self, text: str) -> int:
        return len(text.split())


class _SlowSession(ScriptedSession):
    def __init__(self, seed: int, step_s: float) -> None:
        super().__init__(seed)
        self.step_s = step_s

    def step(self, turn: InputTurn) -> OutputTurn:
        time.sleep(self.step_s)
        return super().step(turn)


def load(checkpoint: Path | None) -> ScriptedEngine:
    """Stands where engine.runtime.load stands; a path that does not exist is refused."""
    if checkpoint is not None and not checkpoint.exists():
        raise ValueError(f"no checkpoint at {checkpoint}")
    return ScriptedEngine()


def heard(audio: np.ndarray) -> str:
    """The loudest frequency as a word, to 10 Hz: (3200,) -> "hz440"; "" for silence."""
    if np.sqrt(np.mean(audio**2)) < LOUD:
        return ""
    spectrum = np.abs(np.fft.rfft(audio * np.hanning(len(audio))))
    hz = np.argmax(spectrum) * SAMPLE_RATE_HZ / len(audio)
    return f"hz{round(hz / 10) * 10}"


def tone(hz: float, samples: int = TURN_SAMPLES, rate_hz: int = SAMPLE_RATE_HZ) -> np.ndarray:
    """A sine of amplitude 0.3: (samples,) float32."""
    return (0.3 * np.sin(2 * np.pi * hz * np.arange(samples) / rate_hz)).astype(np.float32)


def _digest(before: str, turn: InputTurn) -> str:
    parts = [before, turn.text, repr(turn.updates), repr(turn.index), repr(turn.addressed)]
    pixels = [f.pixels.tobytes() for f in (turn.camera, turn.screen) if f is not None]
    content = "\0".join(parts).encode() + turn.audio.tobytes() + b"".join(pixels)
    return hashlib.sha256(content).hexdigest()


def _seen(frame: Frame) -> Act:
    height, width, _ = frame.pixels.shape
    mean = [int(value) for value in frame.pixels.reshape(-1, 3).mean(axis=0).round()]
    return Act("seen", {"source": frame.source, "size": [height, width], "mean": mean})


if __name__ == "__main__":
    from engine.server.command import run

    sys.exit(run(sys.argv[1:], load))
