"""Writes a session of hours, fixed by its generator alone: what is told, asked and due when.

Three facts and two standing orders ("say ding when I say apple", "correct me"), which is what
memory has room for, come in the first 45 % of it, and each is put to the test 1, 10 and 60 minutes
later, as far as the session goes on. Three things are asked for that were never told. Between
them, in turn, one to three ordinary requests by other voices, and a stretch of quiet, noise, music
or other people's talk, as in `presence`. Nobody but who tests the order says its word.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import numpy as np

from engine.evaluation.duplex.company import Company
from engine.evaluation.duplex.presence import LENGTHS_S
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.hours import deeds
from engine.microturn import SAMPLE_RATE_HZ, completion_time_s
from engine.training.cast import SyntheticCast
from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes import tool_phrases as known
from engine.training.scenes.stage import Cast, Expect, Placed, Scene, Stage
from engine.training.voices.clip import Voice

AGES_MIN = (1, 10, 60)
FACTS, UNTOLD = 3, 3
FIRST, LAST = 0.02, 0.45  # of the session: when the first and the last fact are told
END_S = 20.0
GAIN_DB = (-9.0, 3.0)

Kind = Literal["fact", "order", "untold", "ordinary", "acknowledgement"]
Deed = Callable[[Stage], None]


@dataclass(frozen=True)
class Item:
    """Something due, and how many minutes ago that was asked for (0: just now)."""

    kind: Kind
    age_min: int
    expect: Expect


@dataclass(frozen=True)
class Lasting:
    """lines: what should be kept, each with the stream time from which it is known."""

    scene: Scene
    items: tuple[Item, ...]
    lines: tuple[tuple[float, str], ...]


@dataclass(order=True)
class _Due:
    """then: what comes of it 1, 10 and 60 minutes later."""

    time_s: float
    number: int
    kind: Kind = field(compare=False)
    deed: Deed = field(compare=False)
    age_min: int = field(compare=False, default=0)
    then: _Later | None = field(compare=False, default=None)


@dataclass(frozen=True)
class _Later:
    kind: Kind
    deed: Deed


class Writer:
    """Writes one session. voices: of the user, and of everybody who asks for something else."""

    def __init__(
        self, rng: np.random.Generator, company: Company, voices: Sequence[Voice], own: Voice,
        minutes: float,
    ) -> None:  # fmt: skip
        self._rng, self._voices, self._own, self._seconds = rng, voices, own, minutes * 60
        self._cue = str(rng.choice(cue_words()))
        self._company = company.without(self._cue)
        self._user = self._somebody()
        self._whole = Stage("long", self._user, rng, 1.0)
        self._line, self._items = Timeline(0.0), list[Item]()
        self._agenda = list[_Due]()
        self._numbers = 0

    def write(self) -> tuple[Lasting, np.ndarray]:
        """The session, and its sound: (3200 * turns,) float32."""
        self._plan()
        while self._agenda:
            due = heapq.heappop(self._agenda)
            self._pass_time(due.time_s)
            self._do(due)
        self._pass_time(self._seconds)
        whole = self._whole
        lines = [(completion_time_s(t), text.partition(" ")[2]) for t, text in whole.acts]
        length_s = max(self._seconds, whole.now)
        wave = self._line.wave(length_s, self._rng)
        scene = Scene(
            "long", tuple(whole.sounds), (), tuple(whole.says), tuple(whole.expects),
            len(wave) / SAMPLE_RATE_HZ, acts=tuple(whole.acts), held=tuple(whole.held),
        )  # fmt: skip
        return Lasting(scene, tuple(self._items), tuple(lines)), wave

    def _plan(self) -> None:
        rng = self._rng
        words = rng.permutation([word for word in phrases.WORDS if word != self._cue])
        things = [str(thing) for thing in rng.permutation(talk_phrases.OWNED)]
        for share, thing, word in zip(np.linspace(FIRST, LAST, FACTS), things, words, strict=False):
            tell = partial(deeds.tell, thing=thing, what=str(word))
            ask = partial(deeds.ask, thing=thing, what=str(word))
            self._tell(float(share), tell, _Later("fact", ask))
        for share, thing in zip((0.2, 0.5, 0.8), things[FACTS:], strict=False):
            self._put(share * self._seconds, "untold", partial(deeds.ask, thing=thing))
        reply = str(rng.choice(phrases.REPLIES))
        order = partial(deeds.order_cue, word=self._cue, reply=reply)
        cause = partial(deeds.give_cues, word=self._cue, reply=reply)
        self._tell(0.03, order, _Later("order", cause))
        self._tell(0.05, deeds.order_checks, _Later("order", deeds.make_claims))

    def _tell(self, share: float, deed: Deed, later: _Later) -> None:
        self._put(share * self._seconds, "acknowledgement", deed, then=later)

    def _put(
        self, time_s: float, kind: Kind, deed: Deed, age_min: int = 0, then: _Later | None = None
    ) -> None:
        """Nothing where the session is over by then."""
        if time_s <= self._seconds - END_S:
            self._numbers += 1
            heapq.heappush(self._agenda, _Due(time_s, self._numbers, kind, deed, age_min, then))

    def _do(self, due: _Due) -> None:
        self._play(due.deed, self._user, due.kind, due.age_min)
        if due.then:
            for age in AGES_MIN:
                self._put(self._whole.now + age * 60, due.then.kind, due.then.deed, age)

    def _pass_time(self, until_s: float) -> None:
        """Requests and stretches in turn."""
        while self._whole.now < until_s:
            for _ in range(int(self._rng.integers(1, 4))):
                if self._whole.now < min(until_s, self._seconds - END_S):
                    self._exchange()
            self._stretch(until_s)

    def _exchange(self) -> None:
        ask = deeds.ORDINARY[str(self._rng.choice(list(deeds.ORDINARY)))]
        self._play(lambda stage: ask(stage, deeds.SPLIT), self._somebody(), "ordinary")

    def _stretch(self, until_s: float) -> None:
        now, kind = self._whole.now, str(self._rng.choice(self._company.kinds))
        seconds = min(float(self._rng.uniform(*LENGTHS_S[kind])), until_s - now)
        if seconds > 1.0:
            sound = self._company.sound(kind, seconds, self._rng)
            self._line.parts.append((now, sound[: round(seconds * SAMPLE_RATE_HZ)]))
        self._whole.now = now + max(1.0, seconds) + float(self._rng.uniform(0.5, 1.5))

    def _play(self, deed: Deed, cast: Cast, kind: Kind, age_min: int = 0) -> None:
        """Somebody does something, at a level of their own."""
        stage, whole = self._written(deed, cast, kind), self._whole
        gain = 10 ** (float(self._rng.uniform(*GAIN_DB)) / 20)
        self._line.parts += [(placed.start_s, gain * placed.clip.audio) for placed in stage.sounds]
        self._items += [Item(kind, age_min, expect) for expect in stage.expects]
        whole.sounds += stage.sounds
        whole.says += stage.says
        whole.acts += stage.acts
        whole.expects += stage.expects
        whole.held += stage.held
        ends = (placed.end_s for placed in stage.sounds)
        whole.now = max([stage.now, *ends]) + float(self._rng.uniform(1.5, 4.0))

    def _written(self, deed: Deed, cast: Cast, kind: Kind) -> Stage:
        """Once more, as long as the order's word slips in where nobody tests the order."""
        while True:
            stage = Stage("long", cast, self._rng, self._whole.now)
            deed(stage)
            if kind in ("order", "acknowledgement") or not _says(stage.sounds, self._cue):
                return stage

    def _somebody(self) -> SyntheticCast:
        return SyntheticCast(self._voices, self._own, self._rng)


def cue_words() -> list[str]:
    """Words for an order, none of which a fact or a thing asked for needs."""
    taken = {word for text, (right, others) in known.FACTS.items()
             for word in f"{text} {right} {others}".split()}  # fmt: skip
    return [w for w in phrases.WORDS if w not in {*taken, *talk_phrases.OWNED}]


def _says(sounds: Sequence[Placed], word: str) -> bool:
    return any(said.text == word for placed in sounds for said in placed.clip.words)
