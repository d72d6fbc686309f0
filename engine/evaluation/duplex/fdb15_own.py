"""`fdb15` over our own set: texts of situations, held-out voices, the published acoustics.

A user asks; 2 s later an answer of about ten seconds comes from the background, to be spoken;
about 2 s into it something overlaps: a sentence of the same user, a backchannel of the same user, a
request by the same user turned away, or another voice in the background. The trial ends 8 s after
the overlap; the second stimulus is the first without it, on the same noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.evaluation.course import Trial
from engine.evaluation.duplex.acoustics import background, turned_away
from engine.evaluation.duplex.dialogues import Situation, lines
from engine.evaluation.duplex.fdb15 import WANTED
from engine.evaluation.duplex.overlap import Overlap
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.duplex.voices import Speakers
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator
from engine.microturn import Update
from engine.training.scenes.stage import turn_at
from engine.training.voices.clip import Clip

ANSWER_AFTER_S, OVERLAP_AFTER_S = 2.0, 4.5
ANSWERS = (
    "there are three things to know about this and the first one matters most because it decides "
    "how long the rest will take and what you need for it",
    "it depends a little on where you begin but most people start small then look at what went "
    "well and only after that spend more time and more money",
    "here is what i have found so far the short answer is yes and the longer one is that it works "
    "best in the morning when there is nobody else around",
)
ASKING: dict[str, Situation] = {
    "user_interruption": "user_interruption", "user_backchannel": "user_backchannel",
    "talking_to_other": "turn_taking", "background_speech": "turn_taking",
}  # fmt: skip


@dataclass(frozen=True)
class OwnOverlaps:
    """limit: trials of each kind, at most."""

    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "synthesisers' word events"

    def names(self) -> Sequence[str]:
        return [
            f"{kind}/{index}"
            for kind, situation in ASKING.items()
            for index in range(len(lines(self.directory, situation)[: self.limit]))
        ]

    def trial(self, key: str) -> Trial:
        kind, number = key.split("/")
        index = int(number)
        rng = generator(self.seed, f"fdb15/{key}", 0, 5)
        speakers, line = Speakers(rng), Timeline()
        asking = lines(self.directory, ASKING[kind])
        asked = line.say(speakers.user(asking[index].texts[0]))
        answer = Update("commentary", ANSWERS[int(rng.integers(len(ANSWERS)))])
        updates = {turn_at(asked.end_s + ANSWER_AFTER_S): (answer,)}
        without = replace(line, parts=list(line.parts))
        line.now = asked.end_s + OVERLAP_AFTER_S
        text = asking[index].texts[-1] if len(asking[index].texts) > 1 else ""
        over = line.say(_overlap(kind, speakers, text or asking[index - 1].texts[0]))
        truth = Overlap(over.start_s, over.end_s, WANTED[kind])
        noise = int(rng.integers(2**31))
        waves = (one.wave(truth.until_s, generator(noise, key, 0, 6)) for one in (line, without))
        stimuli = tuple(Stimulus(wave, updates=updates, held=ALWAYS) for wave in waves)
        return Trial(key, f"own {kind}", stimuli, truth)


def _overlap(kind: str, speakers: Speakers, text: str) -> Clip:
    if kind == "background_speech":
        clip = speakers.other(text)
        return replace(clip, audio=background(clip.audio))
    clip = speakers.user(text)
    return replace(clip, audio=turned_away(clip.audio)) if kind == "talking_to_other" else clip
