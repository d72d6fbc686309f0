"""`fdb1` over our own set: texts of spoken situations, said by held-out voices on a noise floor.

pause: the marked pause of 0.5 to 1.2 s, judged to the end of the user's last word. turn: a request
and 6 s after it. interruption: a request, 4 s for an answer, the interrupting sentence and 6 s.
backchannel: a monologue, judged to its end. wrong: something false is said; a takeover before its
end is the model cutting in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.evaluation.course import Trial
from engine.evaluation.duplex.dialogues import Situation, lines
from engine.evaluation.duplex.fdb1 import Floor, Task
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.duplex.voices import Speakers
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator

AFTER_S, GAP_S = 6.0, 4.0
PAUSE_S = (0.5, 1.2)
SITUATIONS: Mapping[Task, Situation] = {
    "pause": "pause_handing", "turn": "turn_taking", "interruption": "user_interruption",
    "backchannel": "model_backchannel", "wrong": "model_interruption",
}  # fmt: skip


@dataclass(frozen=True)
class OwnDialogues:
    """limit: trials of each task, at most."""

    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "synthesisers' word events"

    def names(self) -> Sequence[str]:
        return [
            f"{task}/{index}"
            for task, situation in SITUATIONS.items()
            for index in range(len(lines(self.directory, situation)[: self.limit]))
        ]

    def trial(self, key: str) -> Trial:
        task, index = key.split("/")
        rng = generator(self.seed, f"fdb1/{key}", 0, 5)
        texts = lines(self.directory, SITUATIONS[task])[int(index)].texts  # type: ignore[index]
        line, speakers = Timeline(), Speakers(rng)
        floor = _written(task, line, speakers, texts, rng)  # type: ignore[arg-type]
        wave = line.wave(floor.until_s, rng)
        return Trial(key, f"own {task}", (Stimulus(wave, held=ALWAYS),), floor)


def _written(
    task: Task, line: Timeline, speakers: Speakers, texts: tuple[str, ...], rng: np.random.Generator
) -> Floor:
    first = line.say(speakers.user(texts[0]))
    if task == "turn":
        return Floor(task, 0.0, first.end_s + AFTER_S, first.end_s)
    if task in ("backchannel", "wrong"):
        return Floor(task, 0.0, first.end_s, first.end_s)
    line.now += rng.uniform(*PAUSE_S) if task == "pause" else GAP_S
    second = line.say(speakers.user(texts[1]))
    if task == "pause":
        pauses = ((first.end_s, second.start_s),)
        return Floor(task, 0.0, second.end_s, second.end_s, pauses)
    return Floor(task, second.end_s, second.end_s + AFTER_S, second.end_s)
