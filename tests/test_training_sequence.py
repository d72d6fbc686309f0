"""What training lays out as tokens is what a session meets: the law that everything rests on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from engine.microturn import TURN_S, TURN_SAMPLES, Frame, InputTurn, OutputTurn, Update
from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import QUIET, SPEAK, Tokenizer
from engine.runtime.backend import Listen, State
from engine.runtime.memory import FORGET, REMEMBER
from engine.runtime.session import ModelSession
from engine.signal.mel import BINS, FRAMES_PER_TURN, levels, wave_mel
from engine.training.render import Record, SayRecord, Seen, seen
from engine.training.sequence import Sequence, before, sequence
from tests import untrained

pytestmark = pytest.mark.timeout(60)
TURNS = 40


@dataclass
class Counting:
    """A cache that only counts."""

    count: int = 0

    def roll_back(self, count: int) -> None:
        self.count = count

    def copy(self) -> Counting:
        return Counting(self.count)


@dataclass
class Prompter:
    """A backend that knows nothing but what training wants at each place of the sequence.

    It notes every token that the session feeds, and answers with the target of that place and
    with the share of voice to be drawn there.
    """

    part: Sequence
    config: ModelConfig
    name: str = "prompter"
    fed: list[tuple[int, int, int]] = field(default_factory=list)
    audio: list[np.ndarray] = field(default_factory=list)
    voiced: list[np.ndarray] = field(default_factory=list)
    pixels: list[np.ndarray] = field(default_factory=list)

    def cache(self) -> Counting:
        return Counting()

    def listen(self, cache: Counting, turn: int, step: Listen) -> State:
        if step.pending is not None:
            self.fed.append((*step.pending, turn - 1))
        if step.pending_voice is not None:
            self._voice(step.pending_voice, turn - 1)
        tokens = step.audio.reshape(self.config.audio_tokens, -1, BINS)
        self.audio.extend(tokens)
        self.fed.extend([(0, int(Stream.AUDIO), turn)] * len(tokens))
        if step.patches is not None:
            self.fed.extend((0, int(stream), turn) for stream in step.patches.stream)
            self.pixels.extend(step.patches.pixels)
        self.fed.extend((token, stream, turn) for token, stream in step.text)
        return self._state(cache)

    def token(self, cache: Counting, turn: int, token: int, stream: int) -> State:
        self.fed.append((token, stream, turn))
        return self._state(cache)

    def voice(self, cache: Counting, turn: int, share: np.ndarray) -> State:
        self._voice(share, turn)
        return self._state(cache)

    def draw(self, hidden: np.ndarray, _noise: np.ndarray) -> np.ndarray:
        return self.part.drawn[self.part.drawn_at.index(int(hidden[0]))]

    def _voice(self, share: np.ndarray, turn: int) -> None:
        self.voiced.append(share)
        self.fed.append((0, int(Stream.VOICE), turn))

    def _state(self, cache: Counting) -> State:
        cache.count = len(self.fed)
        place, logits = len(self.fed) - 1, np.zeros(self.config.vocabulary, np.float32)
        if self.part.target[place] >= 0:
            logits[self.part.target[place]] = 1.0
        return State(np.array([place]), logits)


class Mute:
    """A throat that makes no sound."""

    def make(self, *_: Any) -> tuple[np.ndarray, None]:
        return np.zeros(TURN_SAMPLES, np.float32), None

    def end(self, _state: None) -> tuple[None, None]:
        return None, None


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return untrained.tokenizer()


def words(chance: np.random.Generator, share: float) -> tuple[tuple[int, str], ...]:
    """Words due on random micro-turns, several on some: often more than their budget holds."""
    due = sorted(chance.integers(0, TURNS - 8, round(TURNS * share)))
    strange = [*untrained.WORDS, "Zürich", "one's", "internationalisation"]
    return tuple((int(turn), str(chance.choice(strange))) for turn in due)


def lines(chance: np.random.Generator) -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(turn), " ".join(chance.choice(untrained.WORDS, chance.integers(1, 40))))
        for turn in sorted(chance.integers(0, TURNS, 3))
    )


def says(chance: np.random.Generator) -> tuple[SayRecord, ...]:
    """Two stretches of voice with words along them."""
    made = []
    for first in (3, 20):
        turns = int(chance.integers(1, 12))
        mel = chance.integers(0, 256, (turns * FRAMES_PER_TURN, BINS)).astype(np.uint8)
        at = sorted(chance.integers(first, first + turns, 2 * turns))
        text = tuple((int(turn), str(chance.choice(untrained.WORDS))) for turn in at)
        letters = chance.integers(0, 28, len(mel)).astype(np.uint8)
        made.append(SayRecord(first, mel, text, letters))
    return tuple(made)


def acts(chance: np.random.Generator) -> tuple[tuple[int, str], ...]:
    """Two acts, one of which may take several micro-turns to write, and what is done for memory."""
    counts = (1, chance.integers(1, 30))
    texts = [" ".join(chance.choice(untrained.WORDS, count)) for count in counts]
    line = " ".join(chance.choice(untrained.WORDS, 3))
    gone = line if chance.random() < 0.5 else "x"
    kept = (f"{REMEMBER} {line}", f"{REMEMBER} two", f"{FORGET} {gone}")
    placed = [(int(chance.integers(0, TURNS // 2)), text) for text in texts]
    return (*placed, *((turn, text) for turn, text in zip((2, 9, 15), kept, strict=True)))


@dataclass(frozen=True)
class Slides:
    """A picture, or none, for every micro-turn."""

    source: Any
    pictures: tuple[np.ndarray | None, ...]

    def at(self, time_s: float) -> np.ndarray | None:
        return self.pictures[round(time_s / TURN_S) - 1]


def slides(seed: int) -> tuple[Slides, Slides]:
    """Camera and screen of a busy session; in every third record nothing is shown."""
    given = untrained.everything(TURNS, seed)
    frames = [(turn.camera, turn.screen) if seed % 3 else (None, None) for turn in given]
    camera, screen = zip(*((f and f.pixels for f in pair) for pair in frames), strict=True)
    return Slides("camera", camera), Slides("screen", screen)


def some_record(seed: int) -> Record:
    chance = np.random.default_rng(seed)
    frames = TURNS * FRAMES_PER_TURN
    return Record(
        "any", np.zeros((frames, BINS), np.uint8), np.zeros(frames, np.uint8),
        words(chance, 0.8), lines(chance), says(chance), lines(chance), lines(chance), acts(chance),
        tuple(seen(slides(seed), TURNS)), tuple(range(seed, 3 * seed)),
        ("one two", "three") if seed % 4 == 1 else (), 61 * seed, ("two three", "one"),
    )  # fmt: skip


def replayed(
    record: Record,
    sound: np.ndarray,
    part: Sequence,
    config: ModelConfig,
    tokenizer: Tokenizer,
    shows: tuple[Slides, ...] = (),
) -> tuple[Prompter, list[OutputTurn], ModelSession]:
    """A session that is given what the record's microphone, eyes and keyboard gave."""
    prompter = Prompter(part, config)
    session = ModelSession(prompter, tokenizer, Mute())  # type: ignore[arg-type]
    session.state.memory = before(record, tokenizer)
    outs = []
    for turn in range(record.turns):
        text = "".join(" " + line for at, line in record.typed if at == turn)[1:]
        told = (
            *(Update("commentary", line) for at, line in record.commentary if at == turn),
            *(Update("thinking", line) for at, line in record.thinking if at == turn),
        )
        camera, screen = (_frame(show, turn) for show in shows) if shows else (None, None)
        given = InputTurn(turn, sound[turn], camera, screen, text, told, turn in record.held)
        outs.append(session.step(given))
    return prompter, outs, session


def _frame(show: Slides, turn: int) -> Frame | None:
    picture = show.pictures[turn]
    return None if picture is None else Frame(show.source, picture)


CONFIGS = [
    untrained.SMALL,
    ModelConfig(vocabulary=400, audio_tokens=1, voice_tokens=5, text_in=7, text_out=3),
]


@pytest.mark.parametrize("config", CONFIGS, ids=["nano's rhythm", "another rhythm"])
@pytest.mark.parametrize("seed", range(12))
def test_a_session_meets_the_tokens_of_training(
    seed: int, config: ModelConfig, tokenizer: Tokenizer
) -> None:
    """Teacher-forced with a record's targets, a session feeds the model that record's sequence:
    the same tokens under the same streams on the same micro-turns, audio and voice included."""
    record, sound = some_record(seed), untrained.sound(TURNS, seed)
    part = sequence(record, levels(wave_mel(sound.ravel())), config, tokenizer)
    prompter, _, session = replayed(record, sound, part, config, tokenizer, slides(seed))
    wanted = list(zip(part.text, part.stream, part.turn, strict=True))
    last = 1  # the last output token is fed with the micro-turn that follows
    assert prompter.fed == wanted[:-last]
    assert np.array_equal(prompter.audio, part.audio)
    shown = np.array(part.patches, np.float32).reshape(len(prompter.pixels), 3, 40, 40)
    assert np.allclose(np.array(prompter.pixels).reshape(shown.shape), shown / 127.5 - 1, atol=1e-6)
    ending = session.state
    if ending.pending is not None:
        assert (*ending.pending, TURNS - 1) == wanted[-1]
        assert np.array_equal(prompter.voiced, part.voice)
    else:
        assert np.array_equal([*prompter.voiced, ending.pending_voice], part.voice)


@pytest.mark.parametrize("seed", range(4))
def test_no_word_is_lost_on_its_way_out(seed: int, tokenizer: Tokenizer) -> None:
    """Every word that the record hears and says comes out of the session once, in order."""
    record, sound = some_record(seed), untrained.sound(TURNS, seed)
    config = untrained.SMALL
    part = sequence(record, levels(wave_mel(sound.ravel())), config, tokenizer)
    _, outs, session = replayed(record, sound, part, config, tokenizer, slides(seed))
    rests = {"heard": session.state.heard_rest, "say": session.state.say_rest}
    spoken = [word for said in record.says for _, word in said.words]
    for stream, due in (("heard", [word for _, word in record.heard]), ("say", spoken)):
        told = [word for out in outs for word in getattr(out, stream).split()]
        told += tokenizer.decode(rests[stream]).split()
        assert told == due


@pytest.mark.parametrize("seed", range(4))
def test_an_act_comes_out_whole(seed: int, tokenizer: Tokenizer) -> None:
    """Every act of the record comes out of the session once, its text complete."""
    record, sound = some_record(seed), untrained.sound(TURNS, seed)
    part = sequence(record, levels(wave_mel(sound.ravel())), untrained.SMALL, tokenizer)
    _, outs, _ = replayed(record, sound, part, untrained.SMALL, tokenizer, slides(seed))
    done = [f"{act.name} {act.arguments['text']}".strip() for out in outs for act in out.acts]
    wanted = [tokenizer.decode(tokenizer.encode(text)) for _, text in sorted(record.acts)]
    assert sorted(done) == sorted(wanted)


def test_words_come_on_the_micro_turn_on_which_they_were_written(tokenizer: Tokenizer) -> None:
    """A word that fits its budget is heard, or said, on the very micro-turn of its tokens."""
    blank = some_record(0)
    heard, said = ((5, "say"), (9, "operator")), ((21, "seven"),)
    voice = SayRecord(20, np.zeros((30, BINS), np.uint8), said, np.zeros(30, np.uint8))
    record = Record("any", blank.mel, blank.letters, heard, (), (voice,))
    sound = untrained.sound(TURNS)
    part = sequence(record, levels(wave_mel(sound.ravel())), untrained.SMALL, tokenizer)
    _, outs, _ = replayed(record, sound, part, untrained.SMALL, tokenizer)
    assert [(o.index, o.heard) for o in outs if o.heard] == list(heard)
    assert [(o.index, o.say) for o in outs if o.say] == list(said)
    assert [o.index for o in outs if o.speaking] == [20, 21, 22]


def test_one_prediction_for_each_output_token(tokenizer: Tokenizer) -> None:
    """Outputs are predicted by the token before them, input never is; a micro-turn has one end."""
    part = sequence(
        some_record(1), np.zeros((TURNS * 10, BINS), np.uint8), untrained.SMALL, tokenizer
    )
    outputs = (Stream.HEARD, Stream.SAY, Stream.ACT, Stream.CONTROL)
    for place, (text, stream) in enumerate(zip(part.text[1:], part.stream[1:], strict=True)):
        assert part.target[place] == (text if stream in outputs else -1)
    ends = [t for t, text, s in zip(part.turn, part.text, part.stream, strict=True)
            if s == Stream.CONTROL and text in (QUIET, SPEAK)]  # fmt: skip
    assert ends == list(range(TURNS))


def test_every_picture_is_asked_what_it_shows(tokenizer: Tokenizer) -> None:
    """At its last patch: what was noted last or is noted on the next micro-turn, and before the
    first that there is nothing yet. Where nothing is ever noted, nothing is asked."""
    blank, turns = some_record(1), (1, 3, 5, 7)
    pixels = np.zeros((2, 3, 40, 40), np.uint8)
    places = np.arange(2, dtype=np.uint8)
    streams = np.full(2, int(Stream.CAMERA), np.uint8)
    looks = tuple(Seen(turn, pixels, places, places, streams) for turn in turns)
    plain = Record("any", blank.mel, blank.letters, (), (), (), seen=looks)
    for acts_done, expected in (
        (((4, "seen two"), (8, "beep"), (8, "seen one")), ("two", "two", "one")),
        (((4, "two"),), ()),
    ):
        record = replace(plain, acts=acts_done)
        part = sequence(record, np.zeros_like(blank.mel), untrained.SMALL, tokenizer)
        asked = [(part.turn[at], token) for at, token in enumerate(part.noticed) if token >= 0]
        first = [(1, QUIET)] if expected else []
        names = [tokenizer.encode(name)[0] for name in expected]
        assert asked == first + list(zip(turns[1:], names, strict=False))
        assert not asked or list(np.flatnonzero(np.array(part.noticed) >= 0)) == part.patch_at[1::2]
