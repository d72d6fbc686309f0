"""Turn ends and presence: cut-offs against latency, and silence where nobody speaks to it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from takes import SILENT, TALKING, take

from engine.evaluation.course import CourseError, Outcome
from engine.evaluation.duplex.company import Company
from engine.evaluation.duplex.presence import Presence, Stretch
from engine.evaluation.duplex.presence import values as presence_values
from engine.evaluation.duplex.turn_figures import turn_figures
from engine.evaluation.duplex.turn_sweep import frontier, points, sweep
from engine.evaluation.duplex.turns import Decisions, Turn, Turns, values
from engine.evaluation.duplex.turns_folder import TurnsFolder
from engine.evaluation.duplex.turns_own import OwnTurns, silences
from engine.evaluation.take import Take, TimedWord
from engine.microturn import SAMPLE_RATE_HZ
from engine.training.people import Recording

pytestmark = pytest.mark.timeout(120)
TURN = Turn(((1.0, 1.15), (2.0, 3.0), (4.0, 4.5), (6.0, 9.0)))
PERFECT = take((6.4, 8.0, "i will see to that"))
HASTY = take((2.3, 2.8, "yes"), (6.4, 8.0, "i will see to that"))


def share(did: Take, what: str) -> float:
    cases = values(TURN, did)[what]
    return sum(top for top, _ in cases) / sum(bottom for _, bottom in cases)


def test_only_pauses_from_a_fifth_of_a_second_count() -> None:
    """As in the benchmark, a shorter silence is no decision; the last one ends the turn."""
    assert TURN.holds == ((2.0, 3.0), (4.0, 4.5))
    assert TURN.end_s == 6.0


@pytest.mark.parametrize(("did", "cut", "over", "answered"), [
    (PERFECT, 0, 0, 1), (HASTY, 0.5, 0, 1), (SILENT, 0, 0, 0), (TALKING, 0, 1, 0),
    (take((3.5, 3.8, "yes")), 0, 1, 0),
])  # fmt: skip
def test_what_happened_at_each_silence(did: Take, cut: float, over: float, answered: float) -> None:
    """Speaking in a pause is a cut-off, into the user talking over, after the end an answer."""
    assert share(did, "false_cutoffs") == cut
    assert share(did, "talked_over") == over
    assert share(did, "answered_within_3_s") == answered


def test_latency_is_dead_air_after_the_end() -> None:
    """From the last silence's start to the first sound; who does not answer has none."""
    assert share(PERFECT, "latency_mean_s") == pytest.approx(0.4)
    assert "latency_mean_s" not in values(TURN, SILENT)


def test_who_decides_well_beats_the_silence_timer() -> None:
    """With perfect decisions no pause is cut off at 0.3 s; the timer needs the longest pause."""
    knows = [Decisions(((1.0, None), (1.6, None)), 0.25)] * 20
    timer = [Decisions(turn.holds, None) for turn in knows]
    assert points(sweep(knows))["false_cutoffs_at_0.3_s"].value == 0
    assert points(sweep(knows))["latency_s_at_5%_cutoffs"].value == pytest.approx(0.25)
    assert points(sweep(timer))["false_cutoffs_at_0.3_s"].value == 1
    assert points(sweep(timer))["latency_s_at_5%_cutoffs"].value == pytest.approx(1.6)


def test_a_delay_buys_fewer_cutoffs() -> None:
    """Along the frontier latency grows and cut-offs fall; nothing on it is beaten in both."""
    rng = np.random.default_rng(0)
    turns = [Decisions(((float(rng.uniform(0.3, 2.0)), 0.2),), 0.3) for _ in range(40)]
    curve = frontier(sweep(turns))
    assert len(curve) > 5
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(curve))


def test_the_timer_stands_beside(tmp_path: Path) -> None:
    """Figures have the operating points of every system and of silence alone, with the curve."""
    outcomes = [
        Outcome(str(i), "own", "aside", values(TURN, PERFECT if i else HASTY)) for i in range(8)
    ]
    found = turn_figures(Turns(OwnTurns(tmp_path)), outcomes)
    by = {(one.system, one.what): one for one in found}
    assert by["aside", "false_cutoffs"].value == pytest.approx(1 / 16, abs=1e-4)
    assert by["aside", "latency_s_at_10%_cutoffs"].value == pytest.approx(0.4)
    assert by["silence timer", "latency_s_at_10%_cutoffs"].value == pytest.approx(1.0)
    assert by["silence timer", "latency_s_at_10%_cutoffs"].details["curve"]


def test_silences_come_from_words() -> None:
    """Gaps of at least 0.1 s between words, and what follows the last one."""
    words = [("a", 0.0, 0.5), ("b", 0.55, 1.0), ("c", 1.7, 2.0)]
    assert silences(words) == ((1.0, 1.7), (2.0, 5.0))


def test_rows_of_the_benchmark_are_read(tmp_path: Path) -> None:
    """Lines of JSON with its own fields, sound beside them; a limit holds for each language."""
    soundfile.write(tmp_path / "a.wav", np.zeros(16000), 8000)
    spans = [{"start": 0.5, "end": 0.9}, {"start": 1.5, "end": 2.0}]
    rows = [{"id": i, "language": i[:2], "audio": {"path": "a.wav"}, "silence_spans": spans}
            for i in ("en1", "en2", "de1")]  # fmt: skip
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    course = Turns(TurnsFolder(tmp_path, 1))
    assert course.names() == ["en1", "de1"]
    trial = course.trial("en1")
    assert (trial.kind, trial.truth.end_s) == ("en", 1.5)
    assert trial.stimuli[0].turns * 0.2 >= 4.5
    (tmp_path / "rows.jsonl").write_text('{"id": 1}')
    with pytest.raises(CourseError, match="line 1"):
        TurnsFolder(tmp_path).names()


STRETCHES = (Stretch("quiet", 0.0, 18.0), Stretch("talk", 18.0, 36.0))


def test_every_utterance_of_an_hour_alone_is_unwanted() -> None:
    """Counted where they begin, by hour and by what went on; acts too; silence has none."""
    did = take((1.0, 2.0, "yes"), (20.0, 21.0, "no"), (30.0, 31.0, "no"), seconds=36.0)
    did = Take(36.0, (), did.utterances, acts=(TimedWord(5.0, "clock"),), said=did.said)
    found = presence_values(STRETCHES, did)
    assert sum(top for top, _ in found["unwanted_per_hour"]) == 3
    assert sum(hours for _, hours in found["unwanted_per_hour"]) == pytest.approx(0.01)
    assert found["unwanted_per_hour_of_talk"] == [(2.0, 0.005)]
    assert sum(top for top, _ in found["unwanted_acts_per_hour"]) == 1
    assert not any(top for top, _ in presence_values(STRETCHES, SILENT)["unwanted_per_hour"])


def test_hours_are_composed_of_what_is_there(tmp_path: Path) -> None:
    """Stretches fill a session without a gap, in whole, on a floor that never falls to zero."""
    course = Presence(0.8, seed=2)
    assert "music" not in course.about["composed_of"]
    trial = course.trial("session/0")
    assert trial.truth[0].start_s == 0
    assert trial.truth[-1].end_s == pytest.approx(48.0)
    assert all(a.end_s == b.start_s for a, b in pairwise(trial.truth))
    wave = trial.stimuli[0].wave
    assert len(wave) == 48 * SAMPLE_RATE_HZ
    assert np.abs(wave).reshape(-1, 32).max(axis=1).min() > 0
    assert len(Presence(60.0).names()) == 6


def test_people_talk_over_each_other_and_nobody_says_its_name(tmp_path: Path) -> None:
    """Two recordings at once, at one level; those with the name in them are left out."""
    tone = np.sin(np.arange(SAMPLE_RATE_HZ) * 0.2)
    rows = []
    for index, said in enumerate(["good morning", "hello aside", "good night"]):
        soundfile.write(tmp_path / f"{index}.wav", (0.1 + 0.3 * index) * tone, SAMPLE_RATE_HZ)
        rows.append({"path": f"{index}.wav", "speaker": str(index), "split": "test",
                     "text_norm": said})  # fmt: skip
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    company = Company.of(tmp_path, None)
    assert [r.text_norm for r in company.recordings] == ["good morning", "good night"]
    assert isinstance(company.recordings[0], Recording)
    both = company.sound("people", 3.0, np.random.default_rng(0))
    assert len(both) == 3 * SAMPLE_RATE_HZ
    assert np.abs(both).max() == pytest.approx(2 * 0.05 * np.sqrt(2), rel=0.05)
