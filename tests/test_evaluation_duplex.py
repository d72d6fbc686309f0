"""Full-Duplex-Bench v1 and v1.5 by their definitions, on takes whose figures are known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from takes import SILENT, TALKING, take

from engine.evaluation.course import CourseError, Outcome, Values, figures_of
from engine.evaluation.duplex.acoustics import background, turned_away
from engine.evaluation.duplex.backchannel import divergence, histogram
from engine.evaluation.duplex.company import Company
from engine.evaluation.duplex.dialogues import lines
from engine.evaluation.duplex.fdb1 import Fdb1, Floor, values
from engine.evaluation.duplex.fdb1_folder import Fdb1Folder
from engine.evaluation.duplex.fdb1_own import OwnDialogues
from engine.evaluation.duplex.fdb15 import Fdb15
from engine.evaluation.duplex.fdb15 import values as overlap_values
from engine.evaluation.duplex.fdb15_folder import Fdb15Folder
from engine.evaluation.duplex.fdb15_own import OwnOverlaps
from engine.evaluation.duplex.overlap import Overlap
from engine.evaluation.duplex.voices import Speakers
from engine.evaluation.take import Take
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.training.voices.clip import Clip

pytestmark = pytest.mark.timeout(120)
PAUSE = Floor("pause", 0.0, 8.0, 8.0, ((3.0, 4.0),))
TURN = Floor("turn", 0.0, 12.0, 5.0)
SENTENCE = "i will see to that"


def one(values: Values, what: str) -> float | None:
    cases = values.get(what, ())
    return sum(top for top, _ in cases) / sum(bottom for _, bottom in cases) if cases else None


@pytest.mark.parametrize(("said", "taken"), [
    ((), 0), (((3.2, 3.7, "mhm"),), 0), (((3.2, 4.1, "yes i see"),), 0),
    (((3.2, 4.1, "yes i see that"),), 1), (((3.2, 4.3, "well"),), 1), (((3.2, 6.0, ""),), 0),
    (((1.0, 1.4, "yes"), (4.0, 4.4, "yes")), 1), (((9.0, 11.0, SENTENCE),), 0),
])  # fmt: skip
def test_a_takeover_is_a_second_of_words_or_four_of_them(
    said: tuple[tuple[float, float, str], ...], taken: int
) -> None:
    """No words, or under a second with at most three words, or after the end: not taken over."""
    assert one(values(PAUSE, take(*said)), "takeover") == taken


def test_latency_runs_to_the_first_sample_and_never_below_zero() -> None:
    """It counts only where the turn was taken; who spoke before the end has latency 0."""
    late, early = take((5.4, 7.0, SENTENCE)), take((4.0, 7.0, SENTENCE))
    assert one(values(TURN, late), "latency_median_s") == pytest.approx(0.4)
    assert one(values(TURN, early), "latency_median_s") == 0
    assert one(values(TURN, take((5.4, 5.8, "yes"))), "latency_median_s") is None
    assert one(values(TURN, SILENT), "takeover") == 0


@pytest.mark.parametrize(("start_s", "soon"), [(4.0, 1), (5.4, 0)])
def test_who_begins_before_the_end_cannot_hide_it(start_s: float, soon: int) -> None:
    """The definition counts it as no latency at all; how often that was stands beside."""
    assert one(values(TURN, take((start_s, 7.0, SENTENCE))), "began_too_soon") == soon
    assert one(values(PAUSE, take((3.3, 5.0, SENTENCE))), "began_too_soon") is None


def test_company_asks_for_things_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not statements alone: of three sentences about one is a request, with a name or without."""
    said = []

    def noted(_: object, text: str) -> Clip:
        said.append(text)
        return Clip(np.ones(16_000, np.float32), (), "nobody")

    monkeypatch.setattr(Speakers, "user", noted)
    monkeypatch.setattr(Speakers, "other", noted)
    Company().sound("talk", 200.0, np.random.default_rng(3))
    asked = [text for text in said if any(word in text for word in ("plus two", "spell", "name"))]
    assert len(said) > 60
    assert 0.08 < len(asked) / len(said) < 0.5
    assert not any("{" in text for text in said)


def test_who_takes_pauses_over_cannot_hide_it() -> None:
    """A session that answers every silence is fast, and its takeovers of pauses stand beside."""
    hasty = take((3.3, 5.0, SENTENCE), (8.3, 10.0, SENTENCE))
    assert one(values(PAUSE, hasty), "takeover") == 1
    assert one(values(PAUSE, hasty), "pauses_started_in") == 1
    patient = take((8.3, 10.0, SENTENCE))
    assert one(values(PAUSE, patient), "takeover") == 0
    assert one(values(PAUSE, patient), "pauses_started_in") == 0


def test_backchannels_are_counted_and_compared() -> None:
    """Short words are backchannels; where people put theirs, the same places are no distance."""
    people = tuple(histogram([2.0, 6.0], 10.0))
    floor = Floor("backchannel", 0.0, 10.0, 10.0, people=people)
    alike = values(floor, take((2.1, 2.5, "mhm"), (6.1, 6.5, "right")))
    assert one(alike, "backchannels_per_second") == pytest.approx(0.2)
    assert one(alike, "backchannel_divergence") == pytest.approx(0.0)
    assert one(values(floor, SILENT), "backchannel_divergence") == 1
    assert divergence(np.array([1.0, 0]), np.array([0, 1.0])) == pytest.approx(1.0)


CLEAN = take((4.0, 14.0, "there are three things to know about this and the first one matters"))
TALK = Overlap(7.0, 9.0, "resume")
CUT_IN = Overlap(7.0, 9.0, "respond")
THROUGH, YIELDED = CLEAN, take((4.0, 7.6, "there are three"), (9.4, 11.0, "all right then"))
AGAIN = take((4.0, 7.6, "there are three"), (9.4, 14.0, "things to know about this"))
STOPPED = take((4.0, 7.6, "there are three"))


@pytest.mark.parametrize(("did", "label"), [
    (THROUGH, "resume"), (YIELDED, "respond"), (AGAIN, "resume"), (STOPPED, "quiet"),
    (SILENT, "quiet"), (TALKING, "resume"),
])  # fmt: skip
def test_overlaps_are_labelled_by_rules(did: Take, label: str) -> None:
    """Going on is resuming, other words are a response, nothing more is quiet."""
    found = overlap_values(TALK, did, CLEAN)
    assert [name for name in ("respond", "resume", "quiet") if one(found, name)] == [label]
    assert one(found, "wanted") == (label == "resume")
    assert one(overlap_values(CUT_IN, did, CLEAN), "wanted") == (label == "respond")


def test_silence_is_undisturbed_only_where_it_was_silent_anyway() -> None:
    """A session that had nothing more to say did nothing wrong; one that was stopped did."""
    assert one(overlap_values(TALK, SILENT, SILENT), "undisturbed") == 1
    assert one(overlap_values(TALK, STOPPED, CLEAN), "undisturbed") == 0
    assert one(overlap_values(CUT_IN, SILENT, SILENT), "undisturbed") is None


def test_stopping_and_answering_are_timed() -> None:
    """Stopping from the overlap's start, answering from its end."""
    found = overlap_values(CUT_IN, YIELDED, CLEAN)
    assert one(found, "stop_median_s") == pytest.approx(0.6)
    assert one(found, "answer_median_s") == pytest.approx(0.4)


def test_the_average_weighs_every_kind_alike(tmp_path: Path) -> None:
    """Many backchannels do not drown one interruption."""
    outcomes = [
        Outcome(str(i), kind, "aside", {"wanted": ((right, 1.0),)})
        for i, (kind, right) in enumerate([("user_backchannel", 1.0)] * 9 + [("talking", 0.0)])
    ]
    found = {f.skill: f for f in figures_of(Fdb15(OwnOverlaps(tmp_path)), outcomes)}
    assert found["all"].value == 0.5
    assert found["all"].n == 10
    assert found["user_backchannel"].details["labels"].startswith("rules")


@pytest.mark.parametrize("acoustics", [background, turned_away])
def test_what_is_not_meant_for_it_is_fainter_and_duller(acoustics) -> None:
    """Both acoustics lower speech, the high frequencies more, and let it ring on."""
    noise = np.random.default_rng(0).standard_normal(SAMPLE_RATE_HZ).astype(np.float32)
    heard = acoustics(noise)
    assert len(heard) > len(noise)
    power, was = (np.abs(np.fft.rfft(w[:SAMPLE_RATE_HZ])) ** 2 for w in (heard, noise))
    low, high = power[200:2500].sum() / was[200:2500].sum(), power[4500:].sum() / was[4500:].sum()
    assert high < 0.5 * low < 0.25


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The six files of situations, one or two each, in the two shapes that they have."""
    for name in ("turn_taking", "model_backchannel", "model_interruption"):
        row = {f"dialog_{i}": [{"text": f"could you tell me about river {i}"}] for i in (1, 2)}
        (tmp_path / f"{name}_text.json").write_text(json.dumps(row))
    later = {"pause_handing": ("Pause1", "Pause2"), "user_backchannel": ("text", "Pause1"),
             "user_interruption": ("context", "interrupt")}  # fmt: skip
    for name, (first, second) in later.items():
        rows = [{"dialog_1": {first: "tell me about rivers", second: "no wait"}}]
        (tmp_path / f"{name}_text.json").write_text(json.dumps(rows))
    return tmp_path


def test_texts_are_spoken_on_a_floor(texts: Path) -> None:
    """Every task has trials; their sound is whole micro-turns and nowhere digital zero."""
    source = OwnDialogues(texts)
    assert [key.split("/")[0] for key in source.names()].count("turn") == 2
    for key in ("pause/0", "interruption/0"):
        trial = source.trial(key)
        wave = trial.stimuli[0].wave
        assert len(wave) % TURN_SAMPLES == 0
        assert np.abs(wave).reshape(-1, 32).max(axis=1).min() > 0
        assert np.array_equal(wave, source.trial(key).stimuli[0].wave)
    pause = source.trial("pause/0").truth.pauses[0]
    assert 0.4 < pause[1] - pause[0] < 1.4


def test_the_clean_take_differs_by_the_overlap_alone(texts: Path) -> None:
    """Before the overlap both stimuli are the same, sample by sample; in it they are not."""
    for kind in ("user_interruption", "background_speech"):
        trial = OwnOverlaps(texts).trial(f"{kind}/0")
        over, clean = (stimulus.wave for stimulus in trial.stimuli)
        first = round((trial.truth.start_s - 0.3) * SAMPLE_RATE_HZ)
        assert np.array_equal(over[:first], clean[:first])
        assert not np.array_equal(over, clean)
        assert trial.stimuli[0].updates == trial.stimuli[1].updates != {}


def test_missing_texts_are_named(tmp_path: Path) -> None:
    """A folder without the files says which one is missing."""
    with pytest.raises(CourseError, match=r"turn_taking_text\.json"):
        lines(tmp_path, "turn_taking")


def _wav(path: Path, seconds: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.zeros(round(seconds * 8000)), 8000)


def test_the_folder_of_v1_is_read(tmp_path: Path) -> None:
    """Tasks, ids and marks are found below any folder; the input gets a floor and time after."""
    turn, pause = tmp_path / "v1.0/candor_turn_taking/3", tmp_path / "v1.0/candor_pause_handling/1"
    _wav(turn / "input.wav", 4.0)
    (turn / "turn_taking.json").write_text('[{"text": "[TURN-TAKING]", "timestamp": [3.5, 3.9]}]')
    _wav(pause / "input.wav", 5.0)
    (pause / "pause.json").write_text('[{"text": "[PAUSE]", "timestamp": [1.0, 1.6]}]')
    course = Fdb1(Fdb1Folder(tmp_path))
    first, second = (course.trial(key) for key in course.names())
    assert first.truth == Floor("pause", 0.0, 5.0, 5.0, ((1.0, 1.6),))
    assert (second.kind, second.truth.end_s) == ("candor_turn_taking", 3.5)
    assert second.stimuli[0].turns * 0.2 >= 3.5 + 6.0
    assert np.abs(second.stimuli[0].wave).max() > 0
    (pause / "pause.json").write_text('[{"text": "[PAUSE]"}]')
    with pytest.raises(CourseError, match="timestamp"):
        course.trial(course.names()[0])


def test_the_folder_of_v15_is_read(tmp_path: Path) -> None:
    """Two inputs and the overlap's times; without a clean input there is nothing to compare."""
    folder = tmp_path / "user_backchannel" / "7"
    for name in ("input.wav", "clean_input.wav"):
        _wav(folder / name, 6.0)
    (folder / "metadata.json").write_text('{"timestamps": [3.0, 3.4]}')
    trial = Fdb15Folder(tmp_path).trial("user_backchannel/7")
    assert trial.truth == Overlap(3.0, 3.4, "resume")
    assert [stimulus.turns for stimulus in trial.stimuli] == [57, 57]
    (folder / "clean_input.wav").unlink()
    assert Fdb15Folder(tmp_path).trial("user_backchannel/7").stimuli[1].turns == 1


@pytest.mark.parametrize("source", [Fdb1Folder, Fdb15Folder])
def test_an_empty_folder_is_said(source, tmp_path: Path) -> None:
    """What was looked for is named."""
    with pytest.raises(CourseError, match="give the folder"):
        source(tmp_path).names()
