"""Held-out scenes, each fixed by (seed, skill, index) alone: who speaks, what, and where."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.evaluation.crowd import SplicedCrowd
from engine.evaluation.seeing.tk_show import TK
from engine.training import people
from engine.training.cast import SyntheticCast
from engine.training.scenes.basics import SCENES, Write
from engine.training.scenes.dialogue import DIALOGUE_PEOPLE_SCENES, DIALOGUE_SCENES
from engine.training.scenes.interject import INTERJECT_SCENES
from engine.training.scenes.people import PEOPLE_SCENES, Crowd, WritePeople
from engine.training.scenes.recall import RECALL_SCENES
from engine.training.scenes.sight import SIGHT_SCENES, screens_by
from engine.training.scenes.stage import Scene, new_stage
from engine.training.scenes.together import TOGETHER_SCENES
from engine.training.scenes.tools import TOOL_PEOPLE_SCENES, TOOL_SCENES
from engine.training.voices.clip import Voice
from engine.training.voices.roster import own_voice, roster

TAIL_S = 2.5

BASICS: dict[str, Write] = SCENES
TOOLS: dict[str, Write] = TOOL_SCENES
SIGHT: dict[str, Write] = SIGHT_SCENES
TALK: dict[str, Write] = INTERJECT_SCENES | DIALOGUE_SCENES | TOGETHER_SCENES | RECALL_SCENES
PEOPLE: Mapping[str, WritePeople] = PEOPLE_SCENES | TOOL_PEOPLE_SCENES | DIALOGUE_PEOPLE_SCENES
SUITES: Mapping[str, tuple[str, ...]] = {
    "basics": (*BASICS, *PEOPLE_SCENES), "tools": (*TOOLS, *TOOL_PEOPLE_SCENES),
    "talk": (*TALK, *DIALOGUE_PEOPLE_SCENES), "sight": tuple(SIGHT),
}  # fmt: skip
# Skills of the suite `sight` on the screens of a toolkit that training never meets.
TOOLKITS: Mapping[str, dict[str, Write]] = {"tk": screens_by(TK)}
# Whose recordings judge these skills, where there are such; all others are judged by everybody.
NAMED_SETS: Mapping[str, tuple[str, ...]] = {
    "cue_people": ("wuw2", "pv_wake"), "sums_people": ("alnum",), "repeat_people": ("alnum",),
}  # fmt: skip
DRILLS = frozenset({"salad"})  # what only hearing is trained on: no figure of the whole has it


class UnknownSkillError(Exception):
    """A skill is not known, or cannot be played with what was given."""


def generator(seed: int, skill: str, index: int, part: int) -> np.random.Generator:
    """Random numbers that do not depend on which other scenes are played."""
    return np.random.default_rng([seed, zlib.crc32(skill.encode()), index, part])


@dataclass
class Repertoire:
    """Writes scenes with held-out voices, templates and, where there is a crowd, people.

    named: skills which a part of the crowd judges. toolkit: of TOOLKITS, whose screens alone are
    shown then; None for those that training draws too.
    """

    crowd: Crowd | None = None
    voices: Sequence[Voice] = field(default_factory=lambda: roster("heldout"))
    own: Voice = field(default_factory=own_voice)
    named: Mapping[str, Crowd] = field(default_factory=dict)
    toolkit: str | None = None

    @staticmethod
    def with_people(speech: Path | None, toolkit: str | None = None) -> Repertoire:
        """Raises MediaDirectoryError when `speech` holds no recordings."""
        if speech is None:
            return Repertoire(toolkit=toolkit)
        recordings = people.load(speech, "heldout")
        parts = {
            skill: [recording for recording in recordings if recording.set in sets]
            for skill, sets in NAMED_SETS.items()
        }
        named = {skill: SplicedCrowd(part) for skill, part in parts.items() if part}
        return Repertoire(SplicedCrowd(recordings), named=named, toolkit=toolkit)

    def skills(self, suite: str) -> list[str]:
        """The skills of a suite that can be played here."""
        if self.toolkit is not None:
            return [name for name in SUITES[suite] if name in TOOLKITS[self.toolkit]]
        return [name for name in SUITES[suite] if self.crowd is not None or name not in PEOPLE]

    def scene(self, seed: int, skill: str, index: int) -> Scene:
        rng = generator(seed, skill, index, 0)
        stage = new_stage(skill, SyntheticCast(self.voices, self.own, rng), rng)
        if self.toolkit is not None:
            TOOLKITS[self.toolkit][skill](stage, "heldout")
        elif skill not in PEOPLE:
            (BASICS | TOOLS | TALK | SIGHT)[skill](stage, "heldout")
        elif self.crowd is not None:
            PEOPLE[skill](stage, "heldout", self.named.get(skill, self.crowd))
        else:
            raise UnknownSkillError(f"{skill} needs recordings of people: give --speech DIR")
        return stage.scene(TAIL_S)


def chosen(asked: str | None, available: Sequence[str]) -> list[str]:
    """The skills of a comma-separated list, None for all. Raises UnknownSkillError."""
    if asked is None:
        return list(available)
    names = [name.strip() for name in asked.split(",") if name.strip()]
    for name in names:
        if name in PEOPLE and name not in available:
            raise UnknownSkillError(f"{name} needs recordings of people: give --speech DIR")
        if name not in available:
            raise UnknownSkillError(f"no skill {name!r}: there are {', '.join(available)}")
    return names
