"""`presence`: how often the session speaks in hours in which nobody speaks to it.

Hours are composed of stretches, drawn one after the other, each of one kind:

    quiet    20 to 90 s   the floor alone, at -62 dBFS
    noise    20 to 60 s   held-out noises (synthetic ones without --noise), -45 to -20 dBFS
    music    20 to 60 s   held-out music; without --noise there is none
    people   20 to 60 s   two recordings of the `test` split over each other, over and over;
                          without --speech there are none
    talk     20 to 60 s   two held-out synthetic voices, in turn, one of them 10 dB fainter

A session lasts ten minutes, its first word included: whoever has not been addressed has not been
asked to speak, so every utterance is unwanted. Recordings in which "aside" is said are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.evaluation.course import Case, Measure, Trial, Values
from engine.evaluation.duplex.company import Company
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.play import Stimulus
from engine.evaluation.skills import generator
from engine.evaluation.take import Take
from engine.microturn import SAMPLE_RATE_HZ

SESSION_S = 600.0
LENGTHS_S: Mapping[str, tuple[float, float]] = {
    "quiet": (20.0, 90.0), "noise": (20.0, 60.0), "music": (20.0, 60.0),
    "people": (20.0, 60.0), "talk": (20.0, 60.0),
}  # fmt: skip
MEASURES: Mapping[str, Measure] = {
    "unwanted_per_hour": Measure("stretches", "rate"),
    "unwanted_acts_per_hour": Measure("stretches", "rate"),
    "speaking_share": Measure("sessions", "rate"),
} | {f"unwanted_per_hour_of_{kind}": Measure("stretches", "rate") for kind in LENGTHS_S}


@dataclass(frozen=True)
class Stretch:
    kind: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Presence:
    """minutes: in all. The truth of a trial, a session, is its stretches."""

    minutes: float = 60.0
    speech: Path | None = None
    noise: Path | None = None
    limit: int | None = None
    seed: int = 0
    name: str = "presence"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        kinds = ", ".join(self._company.kinds)
        composed = f"{kinds}; {self.minutes:g} minutes in sessions of 10"
        return {"word_times": "none needed", "clock": "stream", "composed_of": composed}

    @cached_property
    def _company(self) -> Company:
        return Company.of(self.speech, self.noise)

    def names(self) -> Sequence[str]:
        sessions = max(1, -(-round(self.minutes * 60) // round(SESSION_S)))
        return [f"session/{index}" for index in range(sessions)][: self.limit]

    def trial(self, key: str) -> Trial:
        index = int(key.split("/")[1])
        seconds = min(SESSION_S, self.minutes * 60 - index * SESSION_S)
        rng = generator(self.seed, "presence", index, 5)
        line, stretches = Timeline(0.0), list[Stretch]()
        while line.now < seconds:
            kind = str(rng.choice(self._company.kinds))
            start, length = line.now, min(rng.uniform(*LENGTHS_S[kind]), seconds - line.now)
            sound = self._company.sound(kind, length, rng)
            line.play(sound[: round(length * SAMPLE_RATE_HZ)])
            line.now = start + length
            stretches.append(Stretch(kind, start, line.now))
        return Trial(key, "composed", (Stimulus(line.wave(seconds, rng)),), tuple(stretches))

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def values(stretches: Sequence[Stretch], take: Take) -> Values:
    """A case for each stretch, so that the interval tells how much they differ."""
    given: dict[str, list[Case]] = {"unwanted_per_hour": [], "unwanted_acts_per_hour": []}
    for one in stretches:
        hours = (one.end_s - one.start_s) / 3600
        voices = sum(one.start_s <= u.start_s < one.end_s for u in take.utterances)
        acts = sum(one.start_s <= act.time_s < one.end_s for act in take.acts)
        given["unwanted_per_hour"].append((float(voices), hours))
        given["unwanted_acts_per_hour"].append((float(acts), hours))
        given.setdefault(f"unwanted_per_hour_of_{one.kind}", []).append((float(voices), hours))
    sounding = sum(u.stop_s - u.start_s for u in take.utterances)
    return given | {"speaking_share": [(sounding, take.seconds)]}
