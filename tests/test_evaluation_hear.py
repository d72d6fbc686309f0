"""Hearing people: the same sound for both systems, counted by set; and whose digits there are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.evaluation import hear, hear_voices
from engine.evaluation.aims import aim
from engine.evaluation.crowd import SplicedCrowd, cuts
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, InputTurn, OutputTurn
from engine.training import people
from engine.training.people import Recording

pytestmark = pytest.mark.timeout(120)
PEOPLE = Path(__file__).resolve().parents[1] / "assets" / "people"


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """The shipped clips of held-out people as a collection with a manifest; one is for training."""
    rows = []
    for index, clip in enumerate(json.loads((PEOPLE / "digits.json").read_text("utf-8"))):
        rows.append({
            "path": str(PEOPLE / clip["file"]), "speaker": f"somebody-{index}", "licence": "MIT",
            "split": "train" if index == 7 else "test", "set": "digits" if index < 5 else "more",
            "text_norm": clip["text"], "words": clip["words"], "seconds": clip["seconds"],
        })  # fmt: skip
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


class _Teller:
    """Hears the given words, one a micro-turn, whatever sounds."""

    def __init__(self, text: str) -> None:
        self.words = text.split()

    def step(self, turn: InputTurn) -> OutputTurn:
        word = self.words[turn.index] if turn.index < len(self.words) else ""
        return OutputTurn(turn.index, heard=word)

    def snapshot(self) -> None:
        raise NotImplementedError

    def restore(self, state: object) -> None:
        raise NotImplementedError


class _Engine:
    name = "teller"

    def __init__(self, text: str) -> None:
        self.text = text

    def session(self, seed: int = 0) -> _Teller:
        return _Teller(self.text)


def test_only_the_held_out_are_heard(speech: Path) -> None:
    """Clips for training are left out; a limit holds for each set and depends on the seed alone."""
    assert len(hear.clips(speech, None, 0)) == len(people.load(speech, "heldout"))
    limited = hear.clips(speech, 2, 0)
    assert sorted(clip.set for clip in limited) == ["digits", "digits", "more", "more"]
    assert limited == hear.clips(speech, 2, 0)


def test_a_clip_stands_on_a_floor(speech: Path) -> None:
    """Whole micro-turns, one level, sound where the words are, and nowhere digital zero."""
    clip = hear.clips(speech, 1, 0)[0]
    wave = hear.wave(clip, np.random.default_rng(0))
    assert len(wave) % TURN_SAMPLES == 0
    assert np.abs(wave).reshape(-1, 16).max(axis=1).min() > 0
    word = clip.words[0]
    said = wave[round((word.start_s + 0.5) * SAMPLE_RATE_HZ) :][: SAMPLE_RATE_HZ // 5]
    assert np.sqrt(np.mean(said**2)) > 20 * np.sqrt(np.mean(wave[: SAMPLE_RATE_HZ // 4] ** 2))


def test_word_errors_by_set_beside_the_peer(speech: Path) -> None:
    """Errors over all words of a set; what the peer is known to have said is not asked again."""
    clips = hear.clips(speech, 1, 0)
    truth = clips[0].text_norm or ""
    theirs = {hear.key(clip): clip.text_norm or "" for clip in clips}
    ears = hear.Ears(hear.Setting(theirs=theirs), _Engine(truth))
    heard = [ears.hear(clip) for clip in clips]
    found = {(f.skill, f.system): f for f in hear.figures(heard) if f.what == "heard_word_errors"}
    assert found["digits", "aside"].value == 0
    assert found["digits", "aside"].n == len(truth.split())
    assert found["more", "aside"].value > 0
    assert found["all", "pocketsphinx"].value == 0
    assert "pocketsphinx" in found["all", "aside"].details["caveat"]


def heard(set_name: str, said: str, ours: str, theirs: str) -> hear.Heard:
    clip = Recording(Path("x"), set_name, "somebody", "MIT", said)
    return hear.Heard(clip, tuple(said.split()), tuple(ours.split()), tuple(theirs.split()), ())


def test_four_sets_are_taken_together() -> None:
    """The pool weighs words, leaves other sets and synthetic voices out, and says by how much we
    are worse than the peer; synthetic voices are in no figure of the people."""
    given = [
        heard("wuw2", "operator", "operator", "over"), heard("precise", "one two three", "one", ""),
        heard("digits", "four five", "", "four five"),
        heard(hear_voices.SET, "six seven", "six seven", ""),
    ]  # fmt: skip
    found = {(f.skill, f.system, f.what): f for f in hear.figures(given)}
    pooled = found[hear.POOLED, "aside", "heard_word_errors"]
    assert (pooled.value, pooled.n) == (0.5, 4)
    assert found[hear.POOLED, "pocketsphinx", "heard_word_errors"].value == 1
    assert found[hear.POOLED, "aside", "above_pocketsphinx"].value == -0.5
    assert found["all", "aside", "heard_word_errors"].n == 6
    voices = found[hear_voices.SET, "aside", "heard_word_errors"]
    assert (voices.value, voices.n) == (0, 2)
    assert voices.details["word_times"] != pooled.details["word_times"]
    assert aim(found[hear.POOLED, "aside", "above_pocketsphinx"].record()) is not None


def test_synthetic_voices_read_sentences() -> None:
    """Held-out voices, whole sentences, timed words; the same seed gives the same readings."""
    found = hear_voices.readings(4, 0)
    assert found == hear_voices.readings(4, 0) != hear_voices.readings(4, 1)
    assert len({one.speaker for one in found}) > 1
    for one in found:
        assert len(one.words or ()) == len((one.text_norm or "").split()) > 1
        assert np.sqrt(np.mean(hear.wave(one, np.random.default_rng(0)) ** 2)) > 1e-3


def test_the_peer_hears_digits(speech: Path) -> None:
    """pocketsphinx, asked for real, finds some of the digits that are said."""
    clip = next(c for c in hear.clips(speech, None, 0) if c.path.name == "digits-002.opus")
    one = hear.Ears(hear.Setting(), _Engine("")).hear(clip)
    assert len(set(one.theirs) & set(one.said)) >= 2
    records = [hear.record(one, 3)]
    path = speech / "clips.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert hear.known(path, 3) == {hear.key(clip): " ".join(one.theirs)}
    assert hear.known(path, 4) == {}


def test_every_digit_is_put_to_use(speech: Path) -> None:
    """A string of digits gives one cut of each, which holds that word's sound and no other's."""
    strings = people.load(speech, "heldout")
    crowd = SplicedCrowd(strings)
    assert sum(map(len, crowd.single_digits.values())) == sum(len(s.words or ()) for s in strings)
    for cut in cuts(strings[0]):
        clip = cut.clip()
        assert len(clip.words) == 1
        assert 0 <= clip.words[0].start_s < clip.words[0].end_s <= clip.seconds + 1e-3
        assert np.sqrt(np.mean(clip.audio**2)) > 1e-3


def test_neighbours_are_not_cut_into() -> None:
    """The margin around a word ends where the next one begins."""
    words = (people.Word("one", 0.1, 0.5), people.Word("two", 0.51, 0.9))
    recording = Recording(Path("x"), "s", "p", "MIT", "one two", words, 1.0)
    one, two = cuts(recording)
    assert (round(one.first_s, 3), round(one.last_s, 3)) == (0.06, 0.51)
    assert (round(two.first_s, 3), round(two.last_s, 3)) == (0.5, 0.94)
