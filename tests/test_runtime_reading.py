"""What is typed or sent to the model reaches it in the spelling that it learned."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluation.skills import BASICS, SIGHT, TALK, TOOLS, Repertoire
from engine.microturn import InputTurn, Update
from engine.replay.noise import noise_floor
from engine.runtime import load
from engine.runtime.reading import readable
from engine.training.scenes.numbers import words
from tests.untrained import folder

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize(("written", "read"), [
    ("It will rain today.", "it will rain today"),
    ("A timer of 10 minutes is running.", "a timer of ten minutes is running"),
    ("52 + 41 = 93", "fifty two plus forty one is ninety three"),
    ("22 / 44 = 0.5", "twenty two divided by forty four is zero point five"),
    ("9 - 9 - 98 = -98", "nine minus nine minus ninety eight is minus ninety eight"),
    ("12.5% of 1,234", "twelve point five percent of one thousand two hundred thirty four"),
    ("at 08:05, don’t!", "at zero eight zero five don't"),
    ("No, sorry,fifteen , minutes,", "no, sorry fifteen minutes"),
    ("a well-known - and/or - thing", "a well known and or thing"),
    ("Ärger in 北京 ³", "ärger in 北京 three"),
    ("?!", ""),
])  # fmt: skip
def test_capitals_numbers_and_marks_become_words(written: str, read: str) -> None:
    """Small letters, numbers in words, no marks but apostrophes and commas after words; letters of
    any language stay."""
    assert readable(written) == read


def test_numbers_are_read_as_training_writes_them() -> None:
    """The same words for the same number."""
    assert [readable(str(number)) for number in range(100)] == [words(n) for n in range(100)]


def test_what_training_shows_stays_as_it_is() -> None:
    """So nothing that was learned or measured is read in another way."""
    repertoire = Repertoire()
    for skill in (*BASICS, *TOOLS, *TALK, *SIGHT):
        for index in range(3):
            scene = repertoire.scene(7, skill, index)
            for _, text in (*scene.typed, *scene.commentary, *scene.thinking):
                assert readable(text) == " ".join(text.split())


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Letters, apostrophes, commas after words, single spaces; and once read, it stays."""
    read = readable(text)
    assert readable(read) == read
    assert not re.search(r"[0-9A-Z.;:!?\n]|  |,[^ ]|[ ,],|,$", read)


def test_a_session_reads_both_alike(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever writes "Set 2 timers!" and whoever writes "set two timers" get the same outputs."""
    engine = load(folder(tmp_path_factory.mktemp("untrained")))
    outputs = []
    for typed, told in (("Set 2 timers!", "It's 5."), ("set two timers", "it's five")):
        session, found = engine.session(1), []
        for index in range(12):
            came = (Update("commentary", told),) if index == 6 else ()
            text = typed if index == 2 else ""
            given_ = InputTurn(index, noise_floor(0, index), text=text, updates=came)
            output = session.step(given_)
            found.append((output.heard, output.say, output.acts, output.waiting_text))
        outputs.append(found)
    assert outputs[0] == outputs[1]
    assert engine.count_tokens("Set 2 timers!") == engine.count_tokens("set two timers")
