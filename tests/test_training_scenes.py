"""What every scene must be, whatever it teaches: laws over all of them and both splits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("torch")

from engine.background import sentences
from engine.evaluation.skills import BASICS, SIGHT, TALK, TOOLS
from engine.microturn import SAMPLE_RATE_HZ, completion_time_s
from engine.model.checkpoint import load_checkpoint
from engine.runtime import shipped
from engine.runtime.memory import EVERY_TOKENS, FORGET, LEFT, NOTES, REMEMBER, SECOND, SEEN
from engine.runtime.reading import readable
from engine.training.cast import SyntheticCast
from engine.training.generate import records, unheard
from engine.training.people import Recording
from engine.training.render import held, letters
from engine.training.scenes import phrases, practice, replies, screen_show, toolkit_show
from engine.training.scenes.backdrop import backdrop
from engine.training.scenes.basics import greeting
from engine.training.scenes.dialogue import QUIET_SCENES
from engine.training.scenes.numbers import words
from engine.training.scenes.people import Crowd, duration_people, person
from engine.training.scenes.practice import PRACTICE_SCENES
from engine.training.scenes.recall import KEPT_SCENES
from engine.training.scenes.sight_phrases import BACK, CAME, DOWN, PLACES, THERE, UP, WAVING, WENT
from engine.training.scenes.stage import (
    FOLLOWS_S,
    PER_SECOND,
    Placed,
    Scene,
    Stage,
    new_stage,
    plain,
    turn_at,
)
from engine.training.scenes.tools import delegate_people
from engine.training.voices.clip import Clip, Word
from engine.training.voices.espeak import EspeakVoice

SCENES = BASICS | TOOLS | TALK | SIGHT | KEPT_SCENES | PRACTICE_SCENES | QUIET_SCENES
CALLS = ("aside",)
COUNTED = [words(number) for number in range(21)]
SAMPLES = 6
pytestmark = pytest.mark.timeout(300)


def scene(name: str, seed: int) -> Scene:
    """Written with voices that are always there; every second one of the held-out split."""
    rng = np.random.default_rng(seed)
    voices = [EspeakVoice("en-us", "m3"), EspeakVoice("en-us", "f2")]
    stage = new_stage(name, SyntheticCast(voices, voices[0], rng), rng)
    SCENES[name](stage, "train" if seed % 2 else "heldout")
    return stage.scene()


@pytest.fixture(scope="module", params=sorted(SCENES))
def written(request: pytest.FixtureRequest) -> list[Scene]:
    return [scene(request.param, seed) for seed in range(SAMPLES)]


def test_the_model_never_says_two_things_at_once(written: list[Scene]) -> None:
    for one in written:
        for first, second in pairwise(one.says):
            assert first.turn + first.turns <= second.turn, one.skill


def test_what_is_labelled_is_what_is_expected(written: list[Scene]) -> None:
    """Every utterance of the model lies in the window of an expectation of its words, or is one
    that is cut short or gone on with; so evaluation asks for nothing that training contradicts."""
    for one in written:
        windows = [e for e in one.expects if e.kind in ("say", "span", "finish")]
        for said in one.says:
            due = completion_time_s(said.turn)
            found = [e for e in windows if e.after_s - 1e-6 <= due <= e.by_s + 1e-6]
            assert found, one.skill
            exact = [e for e in found if e.kind == "say"]
            if len(exact) == len(found) and said.stop_turn is None:
                words = plain(" ".join(word.text for word in said.clip.words))
                assert any(words in plain(text) for e in exact for text in e.texts), one.skill


def test_nothing_is_due_after_the_end(written: list[Scene]) -> None:
    for one in written:
        assert all(said.end_s <= one.length_s for said in one.says)
        assert all(placed.start_s < one.length_s for placed in one.sounds)
        assert 0 <= one.behind < EVERY_TOKENS


def test_what_is_forgotten_was_remembered(written: list[Scene]) -> None:
    """Lines are struck out by the words they were written with."""
    for one in written:
        lines = {*one.memory}
        for _, text in one.acts:
            name, _, line = text.partition(" ")
            if name == REMEMBER:
                lines.add(line)
            if name == FORGET:
                assert line in lines, (one.skill, text)


ADDRESSED = (
    "arithmetic", "hesitation", "name", "repeat", "spell", "timer", "calculate", "look",
    "delegate", "refuse", "invited", "moments", "fact", "took",
)  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSED)
def test_who_is_answered_has_called(name: str) -> None:
    """Before the first words of its own the model is called by its name or with the key held, or
    is typed to; where the scene begins with neither, it answers nothing."""
    for seed in range(12):
        one = scene(name, seed)
        first = min(completion_time_s(said.turn) for said in one.says)
        heard = [w.text for p in one.sounds if p.start_s < first for w in p.clip.words]
        called = any(word in CALLS for word in heard)
        pressed = any(completion_time_s(turn) <= first + FOLLOWS_S for turn in held(one))
        typed = any(time_s < first for time_s, _ in one.typed)
        assert called or pressed or typed, (name, seed)


def noted(one: Scene, note: str) -> list[tuple[int, str]]:
    """When and with what words something was noted."""
    acts = [(turn, act.partition(" ")) for turn, act in one.acts]
    return [(turn, rest) for turn, (name, _, rest) in acts if name == note]


def deeds(acts: Sequence[tuple[int, str]]) -> list[str]:
    """What was done, but for notes."""
    return [act for _, act in acts if act.partition(" ")[0] not in NOTES]


@pytest.mark.parametrize("name", ["moments", "took"])
def test_time_is_counted_second_by_second(name: str) -> None:
    """From one on and once a second, as soon as something began; what is noted of talk is even."""
    odd = 0  # and with the even ones between them, as each has its predecessor
    for seed in range(10):
        notes = noted(scene(name, seed), SECOND)
        counted = [(turn, COUNTED.index(number)) for turn, number in notes]
        assert 1 in [number for _, number in counted]
        for turn, number in counted:
            if number % 2 and number > 1:
                odd += 1
                assert (turn - PER_SECOND, number - 1) in counted
    assert odd > 20


@pytest.mark.parametrize("name", ["every", "later"])
def test_what_is_left_of_a_wait_is_counted_down(name: str) -> None:
    """Once a second, from the number asked for to two; a second later it is due."""
    for seed in range(10):
        one = scene(name, seed)
        left, due = noted(one, LEFT), {said.turn for said in one.says[1:]}
        assert left, (name, seed)
        for (turn, number), (following, fewer) in pairwise(left):
            if number != "two":
                assert following == turn + PER_SECOND
                assert COUNTED.index(fewer) == COUNTED.index(number) - 1
            else:
                assert following == turn + 2 * PER_SECOND
                assert fewer == left[0][1]
        ends = [turn + PER_SECOND for turn, number in left if number == "two"]
        revoked = name == "every" and left[-1][1] == "two"  # a moment before the next was due
        assert set(ends[: len(ends) - revoked]) <= due
        assert due & set(ends)


def test_who_goes_on_talking_has_their_seconds_counted() -> None:
    """Every other one, from the first word after a pause on, whatever they will ask for."""
    found = 0
    for seed in range(10):
        one = scene("duration", seed)
        spoken = [(p.start_s + w.start_s, p.start_s + w.end_s) for p in one.sounds
                  for w in p.clip.words]  # fmt: skip
        for turn, number in noted(one, SECOND):
            at_s = spoken[0][0] + COUNTED.index(number)
            found += turn == turn_at(at_s)
            assert not COUNTED.index(number) % 2
    assert found > 20


def test_a_pause_across_a_count_is_not_noted() -> None:
    """Talk of 1.8 s, a pause of half a second, and more: nobody knows in a pause whether they go
    on, so two is not noted, and four is. Where a span is counted already, nothing else is."""
    chance, voice = np.random.default_rng(0), EspeakVoice("en-us", "m3")
    stage = Stage("any", SyntheticCast([voice], voice, chance), chance, now=1.0)
    for start_s, end_s in ((0.0, 1.8), (2.3, 6.6)):
        steps = np.linspace(0.0, end_s - start_s, 8).tolist()
        said = tuple(Word("la", first, last) for first, last in pairwise(steps))
        sound = np.zeros(round((end_s - start_s) * SAMPLE_RATE_HZ), np.float32)
        stage.sounds.append(Placed(Clip(sound, said, "x"), 1.0 + start_s))
    talked = [(turn_at(5.0), "four"), (turn_at(7.0), "six")]
    assert noted(stage.scene(), SECOND) == talked
    stage.count_seconds(turn_at(4.0), turn_at(6.1))
    counted = [(turn_at(5.0), "one"), (turn_at(6.0), "two")]
    assert noted(stage.scene(), SECOND) == [*counted, talked[1]]


def recorded(folder: Path, text: str, seconds: float) -> Crowd:
    """One recording, whose words fill it evenly."""
    folder.mkdir(exist_ok=True)
    wave = np.full(round(seconds * SAMPLE_RATE_HZ), 0.3, np.float32)
    soundfile.write(folder / "said.wav", wave, SAMPLE_RATE_HZ)
    said = text.split()
    step_s = seconds / len(said)
    words = tuple(Word(w, i * step_s, (i + 1) * step_s) for i, w in enumerate(said))
    recording = Recording(folder / "said.wav", "s", "p", "MIT", text, words, seconds)
    return Crowd([recording])


@pytest.mark.parametrize("name", [name for name in SIGHT if name != "fingers"])
def test_what_is_told_was_noted_just_before(name: str) -> None:
    """On the micro-turn before, so that the note is in its past when it decides to speak. Judging
    scenes begin with an order and a camera that is on; in training both may have been before."""
    kept = set()
    for seed in range(10):
        one = scene(name, seed)
        noted = {turn for turn, text in one.acts if text.partition(" ")[0] == SEEN}
        told = [said for said in one.says if [w.text for w in said.clip.words] != ["okay"]]
        assert all(said.turn - 1 in noted for said in told), (name, seed)
        if seed % 2 == 0:
            assert not one.memory
            assert all(show.at(0.0) is not None for show in one.shows)
        kept |= {bool(one.memory)}
    assert kept == {False, True}


def test_what_changes_before_its_eyes_is_noted_each_time() -> None:
    """When and to what is chance: the same state twice is no news, and only the pictures tell."""
    counts, waits = [], set[int]()
    for seed in range(12):
        one = scene("gaze", seed)
        notes = noted(one, SEEN)
        assert not one.says
        assert [text for text in one.memory if text.startswith("look ")]
        assert all(state != following for (_, state), (_, following) in pairwise(notes))
        (show,) = one.shows
        for turn, _ in notes[1:]:
            before, now = show.at(completion_time_s(turn) - 1.0), show.at(completion_time_s(turn))
            assert before is None or not np.array_equal(before, now)
        counts.append(len(notes))
        waits |= {after - turn for (turn, _), (after, _) in pairwise(notes)}
    assert np.mean(counts) > 4
    assert len(waits) > 10


def test_what_stood_before_is_noted_as_it_was() -> None:
    """In training somebody may stand, or be there, already: then the other comes first. Judging
    scenes begin as they always did."""
    first = {"stand": ("sits", "start", "stop"), "somebody": ("nobody", CAME, WENT)}
    for name, (usual, news, otherwise) in first.items():
        seen = set()
        for seed in range(20):
            one = scene(name, seed)
            state = noted(one, SEEN)[0][1]
            told = [" ".join(w.text for w in said.clip.words) for said in one.says]
            told = [text for text in told if text != "okay"]
            assert told[0] == (news if state == usual else otherwise)
            assert seed % 2 or state == usual
            seen.add(state)
        assert len(seen) == 2


def test_states_of_one_kind_begin_with_different_tokens() -> None:
    """What a picture shows is asked for by its first token."""
    tokenizer = load_checkpoint(shipped()).tokenizer
    numbers = COUNTED[1:6]
    for states in (*practice.POSES.values(), [THERE, BACK], [UP, DOWN, WAVING], numbers):
        assert len({tokenizer.encode(state)[0] for state in states}) == len(states)


def test_it_is_told_what_nobody_heard() -> None:
    """As the server puts it, when the voice has ended: the last words of what was said."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        voice = EspeakVoice("en-us", "m3")
        stage = new_stage("greeting", SyntheticCast([voice], voice, rng), rng)
        greeting(stage, "train")
        moment, told = unheard(stage)
        ends = {said.end_s: " ".join(word.text for word in said.clip.words) for said in stage.says}
        lost = told.removeprefix("not heard: ")
        assert told != lost
        assert any(text.endswith(lost) and end <= moment < end + 0.5 for end, text in ends.items())


def test_runs_of_words_are_parts_of_what_is_said_in_training() -> None:
    """Two or three words in their order, none of them a blank."""
    known = set(phrases.drilled())
    assert known.issuperset(phrases.vocabulary())
    for run in phrases.runs():
        parts = run.split()
        assert 2 <= len(parts) <= 3
        assert not any("{" in part for part in parts)
        assert known.issuperset(parts)
    assert {"remind me every", "build a bomb"}.issubset(phrases.runs())
    assert "volcano" in known


def test_a_person_s_request_is_to_be_passed_on_word_for_word(tmp_path: Path) -> None:
    crowd = recorded(tmp_path, "switch the light on", 1.0)
    rng = np.random.default_rng(1)
    voice = EspeakVoice("en-us", "m3")
    stage = new_stage("delegate_people", SyntheticCast([voice], voice, rng), rng)
    delegate_people(stage, "heldout", crowd)
    due = [expect.texts for expect in stage.expects if expect.kind == "act"]
    assert due == [("delegate switch the light on",)]


@pytest.mark.parametrize(("lengths_s", "least_s"), [((0.5, 2.5), 2.4), ((0.5,), 0.4)])
def test_how_long_is_judged_by_more_than_words(
    lengths_s: tuple[float, ...], least_s: float, tmp_path: Path
) -> None:
    """Where there are only words, by these."""
    several = [recorded(tmp_path / str(s), "a few words", s).all[0] for s in lengths_s]
    rng = np.random.default_rng(2)
    voice = EspeakVoice("en-us", "m3")
    for _ in range(6):
        stage = new_stage("duration_people", SyntheticCast([voice], voice, rng), rng)
        duration_people(stage, "heldout", Crowd(several))
        assert min(e.value for e in stage.expects if e.kind == "span") >= least_s


def test_what_is_overheard_is_left_alone() -> None:
    for seed in range(20):
        one = scene("overheard", seed)
        assert not one.says
        assert not deeds(one.acts)
        assert not one.expects


def test_some_of_what_is_overheard_is_a_request_without_a_name() -> None:
    """The same words that are answered with the key held are left alone without it."""
    silent = [s for s in (scene("overheard", seed) for seed in range(30)) if not s.held]
    texts = [" ".join(w.text for w in p.clip.words) for s in silent for p in s.sounds]
    asking = ("what is", "who are", "how do", "set a", "spell", "repeat", "write")
    assert any(text.startswith(asking) for text in texts)


@pytest.mark.parametrize("kind", sorted(toolkit_show.MAKE))
def test_a_toolkit_draws_what_is_waited_for(kind: str) -> None:
    """Before it happens the picture differs from the one after, and where it is said to be."""
    thing = toolkit_show.Spec(kind, 9.0, seed=len(kind))
    show = toolkit_show.ToolkitShow("paper", (thing,), seed=3)
    before, after = show.at(8.9), show.at(12.0)
    assert before.shape == (360, 640, 3)
    rows, columns = np.nonzero((before != after).any(axis=2))
    left, top, right, bottom = thing.box
    there = (rows >= top) & (rows < bottom) & (columns >= left) & (columns < right)
    assert there.mean() > (0.1 if kind == "move" else 0.95)
    assert (show.at(8.9) == before).all()


@pytest.mark.parametrize("where", sorted(PLACES))
def test_what_moves_in_a_region_stays_there(where: str) -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        mover = screen_show.mover_within(PLACES[where], 1.0, rng)
        left, top, right, bottom = PLACES[where]
        x, y = (start + way for start, way in zip(mover.box[:2], mover.way, strict=True))
        size = mover.box[2] - mover.box[0]
        assert (x, y) != mover.box[:2]
        for at, low, high, whole in ((x, left, right, 640), (y, top, bottom, 360)):
            assert low * whole // 100 <= at <= high * whole // 100 - size


def test_some_scenes_are_heard_before_pictures_that_are_nobody_s_business() -> None:
    """Pictures of every kind, and the same words and sayings as without them."""
    voices = [EspeakVoice("en-us", "m3")]

    def stage(seed: int) -> Stage:
        rng = np.random.default_rng(seed)
        return new_stage("arithmetic", SyntheticCast(voices, voices[0], rng), rng)

    shows = [backdrop(stage(seed)) for seed in range(40)]
    assert {type(show).__name__ for show in shows} == {"CameraShow", "ScreenShow", "PictureShow"}
    for show in shows:
        shown = [show.at(time_s) for time_s in (0.2, 7.0, 20.0)]
        assert all(one is not None and one.dtype == np.uint8 for one in shown)
    found = records(
        {"arithmetic": (BASICS["arithmetic"], 1.0)},
        lambda rng: SyntheticCast(voices, voices[0], rng),
        np.random.default_rng(5),
    )
    made = list(islice(found, 60))
    looked = [one for one in made if one.seen]
    assert 0 < len(looked) < len(made) / 3
    assert all(one.heard and one.says and not deeds(one.acts) for one in looked)


def test_letters_follow_the_phonemes_of_their_word() -> None:
    """Two letters, the second phoneme late: the first letter lasts until then. Without phonemes
    each letter has half of the word."""
    silence = np.zeros(SAMPLE_RATE_HZ, np.float32)

    def row(phonemes_s: tuple[float, ...]) -> str:
        clip = Clip(silence, (Word("ab", 0.1, 0.5, phonemes_s),), "made up")
        return "".join(" ab"[code] for code in letters([Placed(clip, 0.2)], 50))

    assert row(()).strip() == 10 * "a" + 10 * "b"
    assert row((0.4,)).strip() == 15 * "a" + 5 * "b"
    assert row(()).index("a") == 15


def test_some_scenes_begin_with_lines_that_nothing_in_them_is_about() -> None:
    """As late in a session: their cues are not said, and what is due is due all the same."""
    voices = [EspeakVoice("en-us", "m3")]
    found = records(
        {"arithmetic": (BASICS["arithmetic"], 1.0), "sums": (BASICS["sums"], 1.0)},
        lambda rng: SyntheticCast(voices, voices[0], rng),
        np.random.default_rng(6),
    )
    made = list(islice(found, 80))
    keeping = [one for one in made if one.memory]
    assert 0 < len(keeping) < len(made) / 2
    for one in keeping:
        assert one.says
        assert one.skill == "arithmetic"
        cues = {line.split()[1] for line in one.memory if line.startswith("when ")}
        assert cues.isdisjoint(word for _, word in one.heard)


def test_what_the_background_says_is_practised() -> None:
    """Each of its sentences, filled in, is in the words that the model reads: no digit, no mark but
    commas and apostrophes, no blank; and `read` speaks some of them as they are."""
    rng = np.random.default_rng(0)
    for pattern in sentences.spoken():
        said = replies.reply(rng, [pattern])
        assert re.fullmatch(r"[a-z', ]+", said), said
    whole = {readable(one) for one in sentences.spoken() if "{" not in one}
    told = {text for seed in range(30) for _, text in scene("read", seed).commentary}
    assert len(told & whole) > 5


def test_few_recordings_make_few_scenes_and_no_error() -> None:
    """Without digits nothing is added up, without a word said by many there is no cue, and of
    recordings without times nothing is made."""

    def said(text: str, count: int = 1) -> list[Recording]:
        words = tuple(Word(word, at, at + 0.5) for at, word in enumerate(text.split()))
        return [Recording(Path("x"), "s", "p", "MIT", text, words, 3.0) for _ in range(count)]

    assert Crowd(said("hello there")).lacks == {
        "cue_people", "sums_people", "repeat_people", "arithmetic_people",
    }  # fmt: skip
    assert Crowd(said("hello there", 4)).lacks.isdisjoint({"cue_people", "overheard_people"})
    assert Crowd(said("one two")).lacks == {"cue_people", "arithmetic_people"}
    assert Crowd([]).lacks >= {"overheard_people", "duration_people"}


def test_a_person_trains_at_many_paces_and_judges_at_one(tmp_path: Path) -> None:
    """The sound and the times of its words change together, and no further than a fifth."""
    wave = np.zeros(SAMPLE_RATE_HZ, np.float32)
    wave[8000:12_000] = 0.5
    soundfile.write(tmp_path / "said.wav", wave, SAMPLE_RATE_HZ)
    said = (Word("now", 0.5, 0.75),)
    recording = Recording(tmp_path / "said.wav", "s", "p", "MIT", "now", said, 1.0)

    def heard(split: str, seed: int) -> tuple[float, float]:
        stage = new_stage("overheard", None, np.random.default_rng(seed))  # type: ignore[arg-type]
        begun = stage.now
        person(stage, recording, split)
        (placed,) = stage.sounds
        (word,) = placed.clip.words
        loud = np.flatnonzero(np.abs(placed.clip.audio) > 0.1 * np.abs(placed.clip.audio).max())
        assert loud[0] / SAMPLE_RATE_HZ == pytest.approx(word.start_s, abs=0.01)
        assert loud[-1] / SAMPLE_RATE_HZ == pytest.approx(word.end_s, abs=0.01)
        assert stage.now == pytest.approx(begun + word.end_s)
        return placed.clip.seconds, word.end_s - word.start_s

    assert {heard("heldout", seed) for seed in range(4)} == {(1.0, 0.25)}
    trained = [heard("train", seed) for seed in range(12)]
    assert len(set(trained)) > 6
    assert all(0.8 < seconds < 1.2 for seconds, _ in trained)
    assert all(lasting == pytest.approx(0.25 * seconds, abs=0.01) for seconds, lasting in trained)
