"""A scene while it is being written: a stage with a clock, voices, and what the model should do.

Labels are exact to the micro-turn. A word is due in `heard` on the first micro-turn complete
0.2 s after its end; an answer is due on the first one complete 0.25 s after the user's end; a
cue is answered on the micro-turn that hears it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_S, completion_time_s
from engine.runtime.memory import EVERY_TOKENS, FORGET, LEFT, REMEMBER, SECOND, SEEN, SUM
from engine.training.scenes.numbers import words as number_words
from engine.training.voices.clip import Clip

HEARING_S = 0.2
REACTION_S = 0.25
GRACE_S = 0.9
ACT_S = 2.5
PER_SECOND = round(1 / TURN_S)
OPEN_CHANCE = 0.33
BREATH_S, GAP_S = 0.7, 0.15  # a pause that ends a stretch of talk, and one that is none
TALK_STEP_S, TALK_LONGEST_S = 2, 20
FOLLOWS_S = 6.0  # of the 8 s after its own words in which it takes itself to be meant


def turn_at(time_s: float) -> int:
    """The first micro-turn that is complete at or after a stream time."""
    return max(0, math.ceil(time_s / TURN_S - 1e-6) - 1)


@dataclass(frozen=True)
class Placed:
    """A sound in the user's microphone. Background sounds are not for `heard`."""

    clip: Clip
    start_s: float
    background: bool = False

    @property
    def end_s(self) -> float:
        return self.start_s + len(self.clip.audio) / SAMPLE_RATE_HZ


class Show(Protocol):
    """What the camera or the screen shows in a scene."""

    @property
    def source(self) -> Literal["camera", "screen"]: ...

    def at(self, time_s: float) -> np.ndarray | None:
        """The picture at a stream time: (height, width, 3) uint8 RGB, None while it is off."""
        ...


@dataclass(frozen=True)
class Say:
    """The model speaks from the interval after `turn`; a barge-in silences it at `stop_turn`."""

    turn: int
    clip: Clip
    stop_turn: int | None = None

    @property
    def turns(self) -> int:
        length = math.ceil(len(self.clip.audio) / SAMPLE_RATE_HZ / TURN_S)
        return length if self.stop_turn is None else min(length, self.stop_turn - self.turn)

    @property
    def end_s(self) -> float:
        return completion_time_s(self.turn + self.turns)


@dataclass(frozen=True)
class Expect:
    """What an evaluation looks for.

    say: one of `texts` is spoken, its voice starting within [after_s, by_s]. span: likewise, the
    text naming `value` seconds within 0.4. hush: no voice from by_s on. finish: one of `texts`,
    begun after after_s, is completed by by_s in spite of what the user does. act: one of `texts`,
    name and arguments, is done within [after_s, by_s]. Any other voice or act is an error.
    """

    kind: Literal["say", "span", "hush", "finish", "act"]
    after_s: float
    by_s: float
    texts: tuple[str, ...] = ()
    value: float = 0.0


@dataclass(frozen=True)
class Scene:
    """held: from when to when the user holds the key to talk. memory: lines that the model kept
    before the scene began. behind: how many tokens before it memory was last read. past: the last
    words that were heard and said before it.
    """

    skill: str
    sounds: tuple[Placed, ...]
    typed: tuple[tuple[float, str], ...]
    says: tuple[Say, ...]
    expects: tuple[Expect, ...]
    length_s: float
    commentary: tuple[tuple[float, str], ...] = ()
    thinking: tuple[tuple[float, str], ...] = ()
    acts: tuple[tuple[int, str], ...] = ()
    shows: tuple[Show, ...] = ()
    held: tuple[tuple[float, float], ...] = ()
    memory: tuple[str, ...] = ()
    behind: int = 0
    past: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Span:
    """When somebody spoke: first word's start to last word's end, in stream seconds."""

    start_s: float
    end_s: float
    words: tuple[tuple[str, float, float], ...] = ()


class Cast(Protocol):
    """Who plays in a scene: a user's voice, others' voices, the own voice, and people."""

    def user(self, text: str) -> Clip: ...

    def other(self, text: str) -> Clip: ...

    def own(self, text: str) -> Clip: ...


@dataclass
class Stage:
    """Writes one scene. `now` is the stream time up to which the user's side is written.

    open: the key to talk is held from beginning to end, so nothing needs Aside's name.
    """

    skill: str
    cast: Cast
    rng: np.random.Generator
    now: float = 0.0
    sounds: list[Placed] = field(default_factory=list)
    typed: list[tuple[float, str]] = field(default_factory=list)
    commentary: list[tuple[float, str]] = field(default_factory=list)
    thinking: list[tuple[float, str]] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)
    acts: list[tuple[int, str]] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)
    expects: list[Expect] = field(default_factory=list)
    held: list[tuple[float, float]] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)
    past: tuple[str, str] = ("", "")
    open: bool = False

    def wait(self, low_s: float, high_s: float | None = None) -> None:
        self.now += low_s if high_s is None else float(self.rng.uniform(low_s, high_s))

    def play(self, clip: Clip, background: bool = False) -> Span:
        """A sound begins now; the clock moves to the end of its last word."""
        start = self.now
        self.sounds.append(Placed(clip, start, background))
        words = tuple((w.text, start + w.start_s, start + w.end_s) for w in clip.words)
        end = words[-1][2] if words else start + len(clip.audio) / SAMPLE_RATE_HZ
        self.now = end
        return Span(words[0][1] if words else start, end, words)

    def user(self, text: str) -> Span:
        return self.play(self.cast.user(text))

    def ask(self, text: str) -> Span:
        """Said to Aside, in one go."""
        name, release = self.address()
        span = self.user(name + text)
        release()
        return span

    def address(self) -> tuple[str, Callable[[], None]]:
        """How the user lets Aside know that it is meant: soon after it has spoken, by its name, or
        with the key to talk, which goes down now. Returns what is said first, and what to call
        when all has been said.
        """
        follows = bool(self.says) and self.now - self.says[-1].end_s < FOLLOWS_S
        chance = float(self.rng.random())
        if self.open or (follows and chance < 0.7):
            return "", lambda: None
        if chance < 0.4 or (follows and chance < 0.85):
            return "aside, ", lambda: None
        pressed = max(0.0, self.now - float(self.rng.uniform(0.1, 0.4)))
        return "", lambda: self.held.append((pressed, self.now + float(self.rng.uniform(0.0, 0.6))))

    def other(self, text: str) -> Span:
        return self.play(self.cast.other(text))

    def type(self, text: str) -> Span:
        self.typed.append((self.now, text))
        return Span(self.now, self.now + HEARING_S)

    def comment(self, text: str) -> Span:
        """The background sends something that may be spoken."""
        self.commentary.append((self.now, text))
        return Span(self.now, self.now + HEARING_S)

    def inform(self, text: str) -> None:
        """The background lets the model know something that is not for speaking."""
        self.thinking.append((self.now, text))

    def say(self, text: str, turn: int, early_s: float = 0.0, late_s: float = GRACE_S) -> Say:
        """The model speaks, decided on micro-turn `turn`; evaluation allows a window around it."""
        said = Say(turn, self.cast.own(text))
        self.says.append(said)
        due = completion_time_s(turn)
        self.expects.append(Expect("say", due - early_s, due + late_s, (plain(text),)))
        return said

    def act(self, text: str, turn: int, late_s: float = ACT_S) -> None:
        """The model does something, written from micro-turn `turn` on. text: name, arguments."""
        self.acts.append((turn, text))
        due = completion_time_s(turn)
        self.expects.append(Expect("act", due - REACTION_S - TURN_S, due + late_s, (text,)))

    def remember(self, line: str, span: Span) -> None:
        """A line is kept once the turn is over. Whether it is, only long sessions show."""
        self.acts.append((turn_at(span.end_s + REACTION_S), f"{REMEMBER} {plain(line)}"))

    def forget(self, line: str, span: Span) -> None:
        self.acts.append((turn_at(span.end_s + REACTION_S), f"{FORGET} {plain(line)}"))

    def jot(self, total: str, heard_s: float) -> None:
        """What has been added up so far, written as the word that ends at `heard_s` is heard."""
        self.acts.append((turn_at(heard_s + HEARING_S), f"{SUM} {total}"))

    def count_seconds(self, since: int, until: int) -> None:
        """The seconds after micro-turn `since`, each written as it is full, before `until`."""
        for number, turn in enumerate(range(since + PER_SECOND, until, PER_SECOND), 1):
            self.acts.append((turn, f"{SECOND} {number_words(number)}"))

    def count_down(self, since: int, seconds: int, until: int | None = None) -> None:
        """What is left of a wait of so many seconds after micro-turn `since`, at each full second
        before `until`: the first is the number asked for, the last is two, and where one would
        stand, something is due. So its end looks alike whatever was asked for."""
        for passed in range(1, seconds):
            turn = since + passed * PER_SECOND
            if until is None or turn < until:
                self.acts.append((turn, f"{LEFT} {number_words(seconds - passed + 1)}"))

    def see(self, state: str, turn: int) -> None:
        """What is seen of what is watched, written on micro-turn `turn`."""
        self.acts.append((turn, f"{SEEN} {state}"))

    def answer(self, text: str, span: Span) -> Say:
        """The model speaks once the user's turn is over; then the clock is at its end.

        Evaluation takes no answer before the end of the last word. What is typed has no such end:
        it may be answered on the micro-turn that brings it.
        """
        turn = turn_at(span.end_s + REACTION_S)
        early_s = completion_time_s(turn) - span.end_s if span.words else REACTION_S + TURN_S
        said = self.say(text, turn, early_s)
        self.now = max(self.now, said.end_s)
        return said

    def cut(self, said: Say, span: Span) -> None:
        """The model falls silent on the micro-turn that hears the end of `span`."""
        stop = turn_at(span.end_s + HEARING_S)
        self.says[self.says.index(said)] = replace(said, stop_turn=max(stop, said.turn + 1))

    def _talk(self, breath_s: float) -> list[tuple[float, float]]:
        """The stretches in which somebody talks without a pause as long as that."""
        words = [
            (placed.start_s + word.start_s, placed.start_s + word.end_s)
            for placed in self.sounds if not placed.background
            for word in placed.clip.words
        ]  # fmt: skip
        stretches: list[tuple[float, float]] = []
        for start, end in sorted(words):
            if stretches and start - stretches[-1][1] < breath_s:
                start, last = stretches.pop()
                end = max(end, last)
            stretches.append((start, end))
        return stretches

    def _talk_counted(self) -> list[tuple[int, str]]:
        """Every other second of whoever goes on talking, but where a span is counted already.

        That somebody will ask how long they talked is known only when they do. In a pause nothing
        is noted: whether they go on after it, nobody knows yet.
        """
        counted = [turn for turn, act in self.acts if act.partition(" ")[0] in (SECOND, LEFT)]
        busy = range(min(counted) - PER_SECOND, max(counted) + 1) if counted else range(0)
        sounding = self._talk(GAP_S)
        notes = [
            (turn_at(start + seconds), f"{SECOND} {number_words(seconds)}")
            for start, end in self._talk(BREATH_S)
            for seconds in range(TALK_STEP_S, TALK_LONGEST_S + 1, TALK_STEP_S)
            if any(first <= start + seconds < last for first, last in sounding)
        ]
        return [(turn, note) for turn, note in notes if turn not in busy]

    def scene(self, tail_s: float = 1.5) -> Scene:
        ends = [self.now, *(p.end_s for p in self.sounds), *(s.end_s for s in self.says)]
        length = math.ceil((max(ends) + tail_s) / TURN_S) * TURN_S
        return Scene(
            self.skill, tuple(self.sounds), tuple(self.typed),
            tuple(sorted(self.says, key=lambda said: said.turn)), tuple(self.expects), length,
            tuple(self.commentary), tuple(self.thinking),
            tuple(sorted([*self.acts, *self._talk_counted()])),
            tuple(self.shows),
            ((0.0, length),) if self.open else tuple(self.held), tuple(self.memory),
            int(self.rng.integers(EVERY_TOKENS)), self.past,
        )  # fmt: skip


def new_stage(skill: str, cast: Cast, rng: np.random.Generator) -> Stage:
    """An empty stage; in every third scene the key to talk is held all the time."""
    return Stage(skill, cast, rng, float(rng.uniform(0.2, 1.5)), open=rng.random() < OPEN_CHANCE)


def plain(text: str) -> str:
    """Text as `say` shows it: lower case, no punctuation but apostrophes."""
    kept = "".join(c for c in text.lower() if c.isalnum() or c in " '")
    return " ".join(kept.split())
