"""The timeline picture shows what happened, where it happened."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor

from engine.microturn import TURN_SAMPLES, Act, InputTurn, OutputTurn, Update
from engine.replay import timeline_style as style
from engine.replay.events import EventStream
from engine.replay.score import Mark, Score
from engine.replay.session import Step
from engine.replay.timeline import write_timeline
from engine.replay.timeline_rows import WORD_GAP, Fold, Row, placed, strips
from tests.scripted import tone

pytestmark = pytest.mark.timeout(60)
SILENCE = np.zeros(TURN_SAMPLES, np.float32)


def score(turns: int, output: Callable[[int], OutputTurn], **given: dict[int, object]) -> Score:
    """A session of scripted outputs; given: what came in at which micro-turn, by field."""
    found, stream = Score(), EventStream()
    for index in range(turns):
        came = {name: values[index] for name, values in given.items() if index in values}
        turn = InputTurn(**{"index": index, "audio": SILENCE, **came})  # type: ignore[arg-type]
        out = output(index)
        found.add(Step(turn, out, 0.0), stream.of(turn, out))
    found.add_events(stream.finish())
    return found


def drawn(found: Score, folder: Path) -> np.ndarray:
    (path,) = write_timeline(found, "talk.wav", folder / "timeline.png")
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def coloured(picture: np.ndarray, colour: str) -> np.ndarray:
    """Where the picture has exactly this colour: (height, width) bool."""
    return np.all(picture == ImageColor.getrgb(colour), axis=2)


def columns(picture: np.ndarray, colour: str) -> tuple[float, float]:
    """First and last second of the row at which a colour appears below the head."""
    xs = np.flatnonzero(coloured(picture[112:], colour).any(axis=0))
    return ((xs[0] - style.LEFT) / style.PIXELS_PER_S, (xs[-1] - style.LEFT) / style.PIXELS_PER_S)


def quiet(index: int) -> OutputTurn:
    return OutputTurn(index)


def test_a_quiet_session_shows_no_words(tmp_path: Path) -> None:
    """Where nothing was said and nothing sounded, neither side's colour is below the head."""
    picture = drawn(score(20, quiet), tmp_path)
    assert picture.std() > 0
    assert not coloured(picture[112:], style.USER).any()
    assert not coloured(picture[112:], style.ASIDE).any()


@pytest.mark.parametrize(
    ("words", "colour"),
    [({"heard": "hello"}, style.USER), ({"say": "hello"}, style.ASIDE)],
)
def test_words_stand_at_their_time(tmp_path: Path, words: dict[str, str], colour: str) -> None:
    """A word heard by 4.2 s ends there; a word said at 4.2 s begins there."""
    picture = drawn(
        score(30, lambda index: OutputTurn(index, **(words if index == 20 else {}))), tmp_path
    )
    first, last = columns(picture, colour)
    near = last if "heard" in words else first
    assert near == pytest.approx(4.2, abs=0.05)
    assert 0.15 < last - first < 0.6


def test_the_voice_is_drawn_where_it_sounds(tmp_path: Path) -> None:
    """The voice decided on micro-turns 10 to 14 is drawn from 2.2 s to 3.2 s."""

    def speaks(index: int) -> OutputTurn:
        on = 10 <= index < 15
        return OutputTurn(index, speaking=on, audio=tone(300) if on else None, generation=1)

    first, last = columns(drawn(score(30, speaks), tmp_path), style.ASIDE)
    assert (first, last) == pytest.approx((2.2, 3.2), abs=0.02)


def test_the_microphone_is_drawn_where_it_sounds(tmp_path: Path) -> None:
    """A tone in micro-turns 5 to 9 is drawn from 1 s to 2 s."""
    picture = drawn(score(30, quiet, audio={k: tone(440) for k in range(5, 10)}), tmp_path)
    assert columns(picture, style.USER) == pytest.approx((1.0, 2.0), abs=0.02)


def test_typing_acts_and_updates_are_drawn(tmp_path: Path) -> None:
    """Each of them has its own colour, and only what happened is in the picture."""
    bare = drawn(score(20, quiet), tmp_path)
    for kind, found in {
        "typed": score(20, quiet, text={5: "add up what i say"}),
        "update": score(20, quiet, updates={5: (Update("thinking", "rain"),)}),
        "act": score(20, lambda k: OutputTurn(k, acts=(Act("ring"),) if k == 5 else ())),
    }.items():
        ground, _ = style.CHIP[kind]
        assert coloured(drawn(found, tmp_path), ground).any()
        assert not coloured(bare, ground).any()


def test_other_words_make_another_picture(tmp_path: Path) -> None:
    """The words themselves are in the picture, not only that there were some."""

    def hearing(word: str) -> Score:
        return score(20, lambda k: OutputTurn(k, heard=word if k == 9 else ""))

    one, other = (drawn(hearing(word), tmp_path) for word in ("seven", "eleven"))
    assert one.shape == other.shape
    assert (one != other).any()


def test_no_word_covers_another() -> None:
    """However close words are in time, each has its own place within the picture."""
    rng = np.random.default_rng(0)
    words = "no yes seven extraordinarily a one".split()
    times = np.sort(rng.uniform(0, 10, 120)).round(1)
    marks = [Mark(float(t), words[n % len(words)], "say") for n, t in enumerate(times)]
    places = placed(Row(0.0), marks, ("say",))
    assert len(places) == sum(t < 10 for t in times)
    for line in {place.line for place in places}:
        on_line = [place for place in places if place.line == line]
        for before, after in itertools.pairwise(on_line):
            assert before.left + before.width + WORD_GAP <= after.left + 0.01
    assert all(place.left >= style.LEFT for place in places)
    assert all(place.left + place.width <= style.WIDTH for place in places)


def test_a_long_quiet_stretch_is_folded() -> None:
    """An hour of silence is a line, not three hundred rows; what happened keeps its rows."""
    found = score(18_000, lambda k: OutputTurn(k, heard="hello" if k == 9_000 else ""))
    parts = strips(found)
    assert [type(part) for part in parts] == [Fold, Row, Fold]
    assert parts[1] == Row(1800.0)
    assert (parts[0].start_s, parts[2].stop_s) == (0.0, 3600.0)  # type: ignore[union-attr]


def test_a_long_session_goes_on_over_pages(tmp_path: Path) -> None:
    """Each page has 14 rows, so that no picture grows without bound."""
    found = score(1_500, lambda k: OutputTurn(k, heard="word" if k % 10 == 0 else ""))
    paths = write_timeline(found, "long.wav", tmp_path / "timeline.png")
    assert [path.name for path in paths] == ["timeline.png", "timeline-2.png", "timeline-3.png"]
    heights = [Image.open(path).size[1] for path in paths]
    assert max(heights) < 4_000


def test_any_letters_and_any_length_can_be_drawn(tmp_path: Path) -> None:
    """Unknown letters and endless messages shorten or change their font, and break nothing."""
    found = score(30, quiet, text={3: "見る ⌨ \n" * 40, 8: "x" * 5000, 9: "\u2028\0"})
    assert drawn(found, tmp_path).shape[1] == style.WIDTH
