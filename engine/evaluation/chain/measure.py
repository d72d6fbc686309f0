"""What came of a scene that was played through the background: done, offered, told.

executed: something that was due was done, by the tool that it is for. exactly: with the right
arguments, none more. offered once: what a due task brought was given to the session one time.
told once: it was also spoken one time, beginning while nobody spoke. nothing else done: no tool
ran and no mind was asked but for what was due. chain right: a scene in which all of this holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.background.act_log import Entry
from engine.evaluation.chain.beside import Came
from engine.evaluation.chain.due import MIND, Due
from engine.evaluation.take import Take, Utterance
from engine.runtime.reading import readable
from engine.training.scenes.stage import Scene, plain

Cases = Mapping[str, tuple[bool, ...]]
MEASURES: Mapping[str, str] = {
    "calls_executed": "calls", "calls_executed_exactly": "calls", "results_offered_once": "results",
    "results_told_once": "results", "nothing_else_done": "scenes", "chain_right": "scenes",
}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """A tool that ran, or the mind that was asked."""

    tool: str
    arguments: Mapping[str, Any]


def done(entries: Sequence[Entry], asked: Sequence[str]) -> list[Done]:
    """Out of the log of acts, and of what reached the mind."""
    ran = [one for one in entries if one.state == "done"]
    tools = [Done(one.tool, json.loads(one.arguments)) for one in ran]
    return [*tools, *(Done(MIND, {"request": request}) for request in asked)]


def cases(
    scene: Scene, take: Take, wanted: Sequence[Due], made: Sequence[Done], came: Sequence[Came]
) -> Cases:
    """By measure. scene: as it was played."""
    executed, left = _matched([one.tool for one in wanted], [one.tool for one in made])
    exactly, _ = _matched([_call(one) for one in wanted], [_call(one) for one in made])
    bringing = [one for one in wanted if not one.overtaken]
    texts = {one.request: _brought(one, came) for one in bringing}
    offered = tuple(len(texts[one.request]) == 1 for one in bringing)
    told = tuple(
        once and _told(scene, take, texts[one.request][0], came)
        for one, once in zip(bringing, offered, strict=True)
    )
    quiet = not left
    found = {"nothing_else_done": (quiet,)}
    if not wanted:
        return found
    right = all((*exactly, *offered, *told, quiet))
    return found | {
        "calls_executed": executed, "calls_executed_exactly": exactly,
        "results_offered_once": offered, "results_told_once": told, "chain_right": (right,),
    }  # fmt: skip


def _call(one: Due | Done) -> str:
    return f"{one.tool} {json.dumps(dict(one.arguments), sort_keys=True)}"


def _matched(wanted: Sequence[str], made: Sequence[str]) -> tuple[tuple[bool, ...], list[str]]:
    """Whether each was made, each of what was made counting once; and what is left of it."""
    left, found = list(made), []
    for one in wanted:
        found.append(one in left)
        if one in left:
            left.remove(one)
    return tuple(found), left


def _brought(one: Due, came: Sequence[Came]) -> list[str]:
    """What was offered of it, to be said."""
    return [
        spoken(c.update.text)
        for c in came
        if c.request == one.request and c.update.kind == "commentary"
    ]


def _told(scene: Scene, take: Take, text: str, came: Sequence[Came]) -> bool:
    """Said as often as such words were offered, each time begun in a pause."""
    offered = sum(spoken(one.update.text) == text for one in came)
    said = sum(_times(text, utterance.text) for utterance in take.utterances)
    telling = [u for u in take.utterances if _times(text, u.text)]
    return said == offered and not any(_interrupts(scene, one) for one in telling)


def spoken(text: str) -> str:
    """What is said of an update, in the spelling in which it is read."""
    return plain(readable(text))


def _times(text: str, spoken: str) -> int:
    return f" {spoken} ".count(f" {text} ")


def _interrupts(scene: Scene, utterance: Utterance) -> bool:
    return any(
        placed.start_s + word.start_s < utterance.start_s < placed.start_s + word.end_s
        for placed in scene.sounds
        if not placed.background
        for word in placed.clip.words
    )
