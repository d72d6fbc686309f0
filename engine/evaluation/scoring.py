"""Whether a session did in a scene what the scene expects, and nothing else.

A scene is right when every expectation is met and no voice is left over. `say`: an utterance of
exactly these words whose first audible sample lies in the window. `span`: likewise, naming the
seconds within 0.4. `finish`: the words, complete, in spite of the user. `hush`: a voice that
still sounded when the user began to ask for silence has ended by then. `act`: what is done, in
name and words, is complete in the window; pointing may be off by a tenth of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.evaluation.take import Take, Utterance
from engine.microturn import TURN_S, completion_time_s
from engine.runtime.memory import FOR_ITSELF
from engine.training.scenes.numbers import span_seconds
from engine.training.scenes.stage import HEARING_S, REACTION_S, Expect, Scene

SPAN_TOLERANCE_S, POINT_TOLERANCE = 0.4, 10
_SAME_S = 1e-6
_FOR_ITSELF = tuple((name,) for name in FOR_ITSELF)  # judged by what it makes of them
_LATEST_REACTION_S = REACTION_S + TURN_S

Fault = Literal[
    "missing", "other words", "false voice", "no voice to hush", "late hush", "false act"
]


@dataclass(frozen=True)
class Problem:
    """One thing that was not right, at a stream time, with what was wanted and what came."""

    fault: Fault
    time_s: float
    wanted: tuple[str, ...] = ()
    got: str = ""


@dataclass(frozen=True)
class Verdict:
    """reactions_s: from the user's last word's end to the first sample, where a word called for
    it. offsets_s: from the due time, where the clock did. false_voices: utterances nobody
    called for; wrong words at the right time are not among them."""

    problems: tuple[Problem, ...]
    reactions_s: tuple[float, ...] = ()
    offsets_s: tuple[float, ...] = ()

    @property
    def right(self) -> bool:
        return not self.problems

    @property
    def false_voices(self) -> int:
        return sum(problem.fault == "false voice" for problem in self.problems)


def judged(scene: Scene, take: Take) -> Verdict:
    due = sorted(scene.expects, key=lambda expect: expect.by_s)
    acts = [Utterance(act.time_s, act.time_s, tuple(act.text.split())) for act in take.acts]
    acts = [act for act in acts if act.words[:1] not in _FOR_ITSELF]
    _, problems, undue = _match([e for e in due if e.kind == "act"], acts)
    problems += [Problem("false act", act.start_s, got=act.text) for act in undue]
    spoken = [expect for expect in due if expect.kind not in ("hush", "act")]
    met, amiss, left = _match(spoken, take.utterances)
    problems += amiss
    hushes = [expect for expect in scene.expects if expect.kind == "hush"]
    problems += [p for expect in hushes for p in _unhushed(scene, expect, take.utterances)]
    problems += [
        Problem("false voice", utterance.start_s, got=utterance.text) for utterance in left
    ]
    reactions, offsets = _delays(scene, met)
    return Verdict(tuple(sorted(problems, key=lambda p: p.time_s)), reactions, offsets)


Met = tuple[Expect, Utterance]


def _match(
    expects: Sequence[Expect], utterances: Sequence[Utterance]
) -> tuple[list[Met], list[Problem], list[Utterance]]:
    """Each expectation takes the first utterance that meets it; then what is amiss in the
    windows of the others; and the utterances that are left."""
    left, met, unmet = list(utterances), list[Met](), list[Expect]()
    for expect in expects:
        found = next((u for u in left if _in_window(expect, u) and _means(expect, u)), None)
        if found is None:
            unmet.append(expect)
        else:
            left.remove(found)
            met.append((expect, found))
    problems = []
    for expect in unmet:
        other = next((u for u in left if _in_window(expect, u)), None)
        if other is not None:
            left.remove(other)
        fault: Fault = "missing" if other is None else "other words"
        problems.append(Problem(fault, expect.after_s, expect.texts, other.text if other else ""))
    return met, problems, left


def _in_window(expect: Expect, utterance: Utterance) -> bool:
    if expect.kind == "finish":
        return expect.after_s - _SAME_S <= utterance.start_s < expect.by_s
    return expect.after_s - _SAME_S <= utterance.start_s <= expect.by_s + _SAME_S


def _means(expect: Expect, utterance: Utterance) -> bool:
    if expect.kind == "span":
        named = span_seconds(utterance.text)
        return named is not None and abs(named - expect.value) <= SPAN_TOLERANCE_S + _SAME_S
    if expect.kind == "finish" and utterance.stop_s > expect.by_s + _SAME_S:
        return False
    if expect.kind == "act" and utterance.words[:1] == ("point",):
        return any(_near(text.split(), utterance.words) for text in expect.texts)
    return utterance.text in expect.texts if expect.texts else bool(utterance.words)


def _near(wanted: Sequence[str], pointed: Sequence[str]) -> bool:
    """Whether both are "point" and a place in percent, and the places are close."""
    if len(wanted) != 3 or len(pointed) != 3 or not all(p.isdecimal() for p in pointed[1:]):
        return False
    return all(
        abs(int(a) - int(b)) <= POINT_TOLERANCE
        for a, b in zip(wanted[1:], pointed[1:], strict=True)
    )


def _unhushed(scene: Scene, expect: Expect, utterances: Sequence[Utterance]) -> list[Problem]:
    asked_s = _asked_s(scene, expect)
    sounding = [u for u in utterances if u.start_s < asked_s < u.stop_s]
    if not sounding:
        return [Problem("no voice to hush", asked_s)]
    late = [u for u in sounding if u.stop_s > expect.by_s + _SAME_S]
    return [Problem("late hush", u.stop_s, got=u.text) for u in late]


def _asked_s(scene: Scene, expect: Expect) -> float:
    """When the words that end with the hush began."""
    orders = [
        placed.start_s + placed.clip.words[0].start_s
        for placed in scene.sounds
        if placed.clip.words
        and abs(placed.start_s + placed.clip.words[-1].end_s - expect.after_s) < 0.01
    ]
    return max(orders, default=expect.after_s)


def _delays(scene: Scene, met: Sequence[Met]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Reactions to words, and offsets from the clock; answers to typed text are neither."""
    reactions, offsets = list[float](), list[float]()
    dues = [completion_time_s(said.turn) for said in scene.says]
    typed = [time_s for time_s, _ in (*scene.typed, *scene.commentary)]
    for expect, utterance in sorted(met, key=lambda pair: pair[0].after_s):
        due_s = next((d for d in dues if expect.after_s - _SAME_S <= d <= expect.by_s), None)
        if due_s is None:
            continue
        dues.remove(due_s)
        end_s = _called_s(scene, due_s)
        if end_s is not None:
            reactions.append(utterance.start_s - end_s)
        elif not any(0 <= due_s - time_s <= 2 * _LATEST_REACTION_S for time_s in typed):
            offsets.append(utterance.start_s - due_s)
    return tuple(reactions), tuple(offsets)


def _called_s(scene: Scene, due_s: float) -> float | None:
    """The end of the user's word that something due at `due_s` reacts to; None for a clock."""
    ends = [
        placed.start_s + word.end_s
        for placed in scene.sounds
        if not placed.background
        for word in placed.clip.words
        if placed.start_s + word.end_s <= due_s - HEARING_S + _SAME_S
    ]
    last = max(ends, default=None)
    return last if last is not None and due_s - last <= _LATEST_REACTION_S + _SAME_S else None
