"""The measurements themselves, one after the other: they would disturb each other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.bench.ears import Ears, Recorders
from app.bench.keys import Keyboard
from app.bench.puppet import Order, Puppet
from app.bench.row import BenchError, Row, row, spread
from app.bench.running import Desktop, desktop
from app.bench.screen import Change, Screen, Watch
from app.bench.stage import MICROPHONE, Stage
from app.bench.watched import read
from app.window.actions import action

SETTLE_S, PATIENCE_S = 3.0, 10.0
KEY_S, HUSH_S, STAGGER_S = 0.7, 0.8, 0.037
SIGN, SHOWN = 0.1, 0.5
LEAST_PICTURE_S = 0.001


@dataclass(frozen=True)
class Amount:
    """How much of each: tries of what is tried one by one, seconds of what takes time."""

    starts: int = 5
    tries: int = 30
    seconds: float = 30.0


@dataclass(frozen=True)
class Bench:
    """Everything that is there to measure with."""

    stage: Stage
    screen: Screen
    keyboard: Keyboard
    puppet: Puppet
    amount: Amount

    def rows(self) -> Iterator[Row]:
        """Every measure of app.bench.row. Raises BenchError."""
        yield from self._starts()
        with desktop(self.stage, self.screen) as running:
            time.sleep(SETTLE_S)
            yield row("memory", running.resident_mb())
            yield self._idle(running)
            yield from self._words()
            yield self._key_seen()
            yield self._microphone_shut()
            yield self._hush()
            yield row("memory afterwards", running.resident_mb())
        yield from self._frames()

    def _starts(self) -> Iterator[Row]:
        """One start warms the disk's cache and is not counted."""
        shown, usable = [], []
        for number in range(1 + self.amount.starts):
            with desktop(self.stage, self.screen) as started:
                if number:
                    shown.append(started.shown_s)
                    usable.append(started.usable_s)
        yield spread("start to window", shown)
        yield spread("start to usable window", usable)

    def _idle(self, running: Desktop) -> Row:
        before_s, began_s = running.cpu_s(), time.monotonic()
        time.sleep(self.amount.seconds)
        passed_s = time.monotonic() - began_s
        share = 100 * (running.cpu_s() - before_s) / passed_s
        return row("idle CPU", share, round(passed_s))

    def _words(self) -> Iterator[Row]:
        window = self.screen.panel()
        self.puppet.order("word")
        with self.screen.watching(window, self.screen.captions(window)) as watch:
            said_s, _ = self._word(watch, 0.0)  # the first one glides in with its line
            seen = []
            for _ in range(self.amount.tries):
                said_s, change = self._word(watch, said_s)
                seen.append((said_s, change))
        self.puppet.order("quiet")
        for part, share in (("first sign of a word", SIGN), ("word on screen", SHOWN)):
            yield spread(part, [1e3 * (change.first_s(share) - said_s) for said_s, change in seen])

    def _word(self, watch: Watch, after_s: float) -> tuple[float, Change]:
        """When the engine said it, and how it came to the screen. after_s: when the word before it
        was said; that one settling changes the screen too, and is passed over.
        """
        while (change := watch.change(PATIENCE_S)) is not None:
            came_s = change.moments[0][0]
            said_s = max((at for at in self.puppet.words_s() if at <= came_s), default=0.0)
            if said_s > after_s:
                return said_s, change
        raise BenchError("no word came to the screen")

    def _key_seen(self) -> Row:
        """Ctrl+Alt+M shuts the microphone, and opens it again."""
        window, waits = self.screen.panel(), []
        with self.screen.watching(window, self.screen.controls(window)) as watch:
            for number in range(1, 2 * self.amount.tries + 1):
                time.sleep(KEY_S)
                watch.forget()
                down_s = self.keyboard.press(action("mute").default_hotkey)
                change = watch.change(PATIENCE_S)
                if change is None:
                    raise BenchError(f"press {number} of the mute key had no effect to be seen")
                waits.append(1e3 * (change.moments[0][0] - down_s))
        return spread("hotkey to effect", waits)

    def _microphone_shut(self) -> Row:
        waits, key = [], action("mute").default_hotkey
        with Recorders(MICROPHONE) as recorders:
            for _ in range(self.amount.tries):
                recorders.until(1, PATIENCE_S)
                time.sleep(KEY_S)
                down_s = self.keyboard.press(key)
                waits.append(1e3 * (recorders.until(0, PATIENCE_S) - down_s))
                time.sleep(KEY_S)
                self.keyboard.press(key)
            recorders.until(1, PATIENCE_S)
        return spread("hotkey to microphone", waits)

    def _hush(self) -> Row:
        with Ears(self.stage) as ears:
            waits = [self._hushed(ears, number) for number in range(self.amount.tries)]
        return spread("hush to silence", waits)

    def _hushed(self, ears: Ears, number: int) -> float:
        """Milliseconds. number: so that the key goes down at any place of a micro-turn."""
        asked_s = time.monotonic()
        self.puppet.order("speak")
        if not ears.sounds_by(asked_s + PATIENCE_S, asked_s):
            raise BenchError("the voice does not come out of the speaker")
        time.sleep(HUSH_S + STAGGER_S * (number % 6))
        down_s = self.keyboard.press(action("hush").default_hotkey)
        time.sleep(HUSH_S)
        self.puppet.order("quiet")
        time.sleep(HUSH_S)
        last_s = max(ears.loud_since(down_s), default=down_s)
        return 1e3 * (last_s - down_s)

    def _frames(self) -> Iterator[Row]:
        """With words on both sides and a voice on every micro-turn; then with nothing at all."""
        kept = self.stage.home / "stretches.json"
        with desktop(self.stage, self.screen, ("-m", "app.bench.watched", str(kept))):
            time.sleep(SETTLE_S)
            busy = self._phase("captions")
            time.sleep(SETTLE_S)
            idle = self._phase("quiet")
        work = read(kept, *busy)
        yield spread("frame time", [1e3 * (ended_s - began_s) for began_s, ended_s in work])
        pictures = [begun for begun, ended in work if ended - begun > LEAST_PICTURE_S]
        yield spread("between frames", [1e3 * (b - a) for a, b in pairwise(pictures)])
        passed_s = idle[1] - idle[0]
        yield row("work while idle", len(read(kept, *idle)) / passed_s, round(passed_s))

    def _phase(self, order: Order) -> tuple[float, float]:
        """Lets it run; returns from when to when, without its first second."""
        self.puppet.order(order)
        time.sleep(1.0)
        began_s = time.monotonic()
        time.sleep(self.amount.seconds)
        ended_s = time.monotonic()
        self.puppet.order("quiet")
        return began_s, ended_s
