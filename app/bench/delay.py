"""How soon a person hears an answer: `python -m app.bench.delay` prints rows as JSON.

The real desktop with the shipped model is told by keyboard to add up what is said. People's
recorded digits then go into a virtual microphone, one after the other, and the virtual speaker is
listened to. Whether the sum is right is `aside eval`'s to say; here any answer counts. The same
people are then replayed, where nothing lies between the model and its answer but the micro-turns:
what the devices, their buffers and the computing add is the difference.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from app.bench.ears import BLOCK, LOUD, Ears, Recorders
from app.bench.keys import Keyboard
from app.bench.row import BenchError, Row, row, spread
from app.bench.running import desktop
from app.bench.screen import Screen
from app.bench.stage import MICROPHONE, RATE_HZ, Stage, program, stage
from app.do import NotRunning, ring
from engine import child

PEOPLE = Path(__file__).resolve().parents[2] / "assets" / "people"
ORDER = "add up the numbers i say"
ENGINE_S, PATIENCE_S, REST_S = 60.0, 6.0, 2.0


@dataclass(frozen=True)
class Digits:
    """Somebody says digits. path: at the stage's rate; begins_s: where its sound first is loud;
    ends_s: where the last word ends."""

    path: Path
    begins_s: float
    ends_s: float


def digits(folder: Path) -> Iterator[Digits]:
    """Everybody in assets/people, written to `folder` as the sound server takes them."""
    for entry in json.loads((PEOPLE / "digits.json").read_text("utf-8")):
        samples, rate_hz = soundfile.read(PEOPLE / entry["file"], dtype="float32")
        samples = soxr.resample(samples, rate_hz, RATE_HZ)
        path = folder / f"{Path(entry['file']).stem}.wav"
        soundfile.write(path, samples, RATE_HZ)
        blocks = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
        first = int(np.flatnonzero(np.abs(blocks).max(axis=1) > LOUD)[0])
        yield Digits(path, first * BLOCK / RATE_HZ, float(entry["words"][-1][2]))


def measured() -> Iterator[Row]:
    """On a stage of its own. Raises BenchError."""
    with ExitStack() as stack:
        desk = stack.enter_context(stage())
        os.environ.update(desk.environment)  # this process too types and listens there
        screen = stack.enter_context(closing(Screen()))
        keyboard = stack.enter_context(closing(Keyboard()))
        stack.enter_context(desktop(desk, screen))
        with Recorders(MICROPHONE) as recorders:
            recorders.until(1, ENGINE_S)
        with Ears(desk) as speaker:
            _order(keyboard, speaker)
            waits = [delay(desk, speaker, one) for one in digits(desk.home)]
            bare = streamed(desk, list(digits(desk.home)))
    answered = [1e3 * wait for wait in waits if wait is not None]
    yield row("people answered", len(answered) / len(waits), len(waits))
    yield spread("answer delay", answered)
    yield spread("answer delay in the stream", [ms for ms in bare if ms is not None])
    both = zip(waits, bare, strict=True)
    more = [1e3 * wait - ms for wait, ms in both if wait is not None and ms is not None]
    yield spread("devices and computing", more)


def _order(keyboard: Keyboard, speaker: Ears) -> None:
    """Typed until it is acknowledged: the engine may still be loading."""
    deadline_s = time.monotonic() + ENGINE_S
    while time.monotonic() < deadline_s:
        asked_s = time.monotonic()
        try:
            ring("type")
        except NotRunning as error:
            raise BenchError("the desktop has gone") from error
        time.sleep(0.5)
        keyboard.type_line(ORDER)
        if speaker.sounds_by(asked_s + PATIENCE_S, asked_s):
            time.sleep(REST_S)
            return
    raise BenchError("the model does not take the order")


def delay(desk: Stage, speaker: Ears, said: Digits) -> float | None:
    """Seconds from the last word's end, as it went into the microphone, to the first sound."""
    with Ears(desk, f"{MICROPHONE}_room") as room:
        asked_s = time.monotonic()
        command = [program("paplay", "pulseaudio-utils"), f"--device={MICROPHONE}_room",
                   "--latency-msec=20", str(said.path)]  # fmt: skip
        subprocess.run(command, env=desk.environment, check=True)
        if not room.sounds_by(asked_s + PATIENCE_S, asked_s):
            raise BenchError("no voice comes into the microphone")
        ended_s = room.loud_since(asked_s)[0] - said.begins_s + said.ends_s
        heard = speaker.sounds_by(ended_s + PATIENCE_S, ended_s)
        first_s = speaker.loud_since(ended_s)[0] if heard else None
        time.sleep(REST_S)
    return None if first_s is None else first_s - ended_s


def streamed(desk: Stage, people: list[Digits]) -> list[float | None]:
    """Milliseconds from each last word's end to the first sound, on the stream's clock; None for
    who is not answered. Everybody is on one tape, after one another, so that their words end
    anywhere in a micro-turn."""
    parts, ends_s, at_s = [], [], PATIENCE_S
    for one in people:
        samples, _ = soundfile.read(one.path, dtype="float32")
        rest = np.zeros(round((PATIENCE_S + REST_S) * RATE_HZ), np.float32)
        parts += [samples, rest]
        ends_s.append(at_s + one.ends_s)
        at_s += (len(samples) + len(rest)) / RATE_HZ
    tape = desk.home / "everybody.wav"
    first = np.zeros(round(PATIENCE_S * RATE_HZ), np.float32)
    soundfile.write(tape, np.concatenate([first, *parts]), RATE_HZ)
    command = child.command("app.cli", "replay", str(tape), "--text", f"0.4:{ORDER}", "--json")
    done = subprocess.run(command, env=child.environment(), capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"the replay failed: {done.stderr.strip()}")
    events = map(json.loads, done.stdout.splitlines())
    starts_s = [e["time_s"] for e in events if e.get("state") == "start"]
    after_s = [[s - end for s in starts_s if end <= s < end + PATIENCE_S] for end in ends_s]
    return [1e3 * min(waits) if waits else None for waits in after_s]


def main() -> int:
    """0 when it was measured; 1, with a sentence on the standard error, when not."""
    try:
        for one in measured():
            print(json.dumps(asdict(one)), flush=True)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
