"""A hearing of a record as one interleaved sequence of tokens, exactly as a session meets it.

Within micro-turn k: audio tokens, patches, typed text, memory; then heard tokens, say mark and say
tokens, an act, quiet or speak, and the own-voice tokens if speak. The last input token predicts
the first output token, and each output token the next; `speak` and every voice token but the last
predict the next share of the own voice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

import numpy as np

from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import ACT, ADDRESSED, END, QUIET, SAY, SPEAK, Tokenizer
from engine.runtime.memory import EVERY_TOKENS, REMEMBER, SEEN, Memory
from engine.runtime.reading import readable
from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.training.render import Record, SayRecord, Seen, unpack

LETTER_DELAY_FRAMES = 5


@dataclass
class Sequence:
    """Lists as long as the sequence, and where its audio and voice tokens stand in it.

    noticed: at the last patch of each picture the first token of what is noted of it, -1 elsewhere.
    keeps: whether lines are in mind at its end, which what follows it would have to know.
    """

    text: list[int] = field(default_factory=list)
    stream: list[int] = field(default_factory=list)
    turn: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    noticed: list[int] = field(default_factory=list)
    audio_at: list[int] = field(default_factory=list)
    audio: list[np.ndarray] = field(default_factory=list)
    letters: list[np.ndarray] = field(default_factory=list)
    voice_at: list[int] = field(default_factory=list)
    voice: list[np.ndarray] = field(default_factory=list)
    drawn_at: list[int] = field(default_factory=list)
    drawn: list[np.ndarray] = field(default_factory=list)
    spelled: list[np.ndarray] = field(default_factory=list)
    patch_at: list[int] = field(default_factory=list)
    patches: list[np.ndarray] = field(default_factory=list)
    patch_place: list[tuple[int, int]] = field(default_factory=list)
    keeps: bool = False

    def put(self, text: int, stream: Stream, turn: int) -> int:
        self.text.append(text)
        self.stream.append(int(stream))
        self.turn.append(turn)
        self.target.append(-1)
        self.noticed.append(-1)
        return len(self.text) - 1

    def predict(self, text: int, stream: Stream, turn: int) -> int:
        """An output token, which the token before it learns to predict."""
        self.target[-1] = text
        return self.put(text, stream, turn)


@dataclass(frozen=True)
class _Due:
    """What has to be said, heard and read, by micro-turn."""

    heard: dict[int, list[int]]
    say: dict[int, list[int]]
    typed: dict[int, list[tuple[int, Stream]]]
    act: dict[int, list[list[int]]]
    voice: dict[int, tuple[np.ndarray, np.ndarray]]
    seen: dict[int, Seen]
    noticed: dict[int, int]


def sequence(
    record: Record, levels: np.ndarray, config: ModelConfig, tokenizer: Tokenizer
) -> Sequence:
    """levels: (10 * turns, 80) uint8, one hearing of the record."""
    due = _due(record, tokenizer)
    result = Sequence()
    writer = _Writer(config.text_out, tokenizer, before(record, tokenizer))
    typed = deque[tuple[int, Stream]]()
    delayed = np.concatenate([np.zeros(LETTER_DELAY_FRAMES, np.uint8), record.letters])
    for turn in range(record.turns):
        remembered = writer.remembered(len(result.text))
        frames = slice(turn * FRAMES_PER_TURN, (turn + 1) * FRAMES_PER_TURN)
        _listen(result, turn, levels[frames], delayed[frames], config)
        if turn in due.seen:
            _look(result, due.seen[turn])
            result.noticed[-1] = due.noticed.get(turn, -1)
        typed.extend((*due.typed[turn], *remembered))
        _read(result, turn, typed, turn in record.held, config)
        writer.heard.extend(due.heard[turn])
        writer.say.extend(due.say[turn])
        writer.acts.extend(due.act[turn])
        writer.write(result, turn)
        _speak(result, turn, due.voice.get(turn), config)
    result.keeps = bool(writer.memory.lines)
    return result


def before(record: Record, tokenizer: Tokenizer) -> Memory:
    """What is in mind when a record begins; lines are read at once."""
    memory = Memory(read=-EVERY_TOKENS if record.memory else -record.behind)
    for line in record.memory:
        memory = memory.after_act(REMEMBER, tokenizer.encode(line))
    return memory.with_words(*(tokenizer.encode(words) for words in record.past))


def _read(
    result: Sequence, turn: int, waiting: deque[tuple[int, Stream]], held: bool, config: ModelConfig
) -> None:
    if held:
        result.put(ADDRESSED, Stream.TEXT, turn)
    for _ in range(min(len(waiting), config.text_in - held)):
        token, stream = waiting.popleft()
        result.put(token, stream, turn)


def _due(record: Record, tokenizer: Tokenizer) -> _Due:
    due = _Due(
        defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), {},
        {seen.turn: seen for seen in record.seen}, _noticed(record, tokenizer),
    )  # fmt: skip
    for turn, word in record.heard:
        due.heard[turn].extend(tokenizer.encode(word))
    for texts, stream in (
        (record.typed, Stream.TEXT),
        (record.commentary, Stream.COMMENTARY),
        (record.thinking, Stream.THINKING),
    ):
        for turn, text in texts:
            due.typed[turn].extend((token, stream) for token in tokenizer.encode(readable(text)))
    for turn, text in record.acts:
        due.act[turn].append(tokenizer.encode(text))
    for said in record.says:
        for turn, word in said.words:
            due.say[turn].extend(tokenizer.encode(word))
        due.voice.update(_shares(said))
    return due


def _noticed(record: Record, tokenizer: Tokenizer) -> dict[int, int]:
    """What each picture shows of what is watched: what was noted last, or is on the next
    micro-turn, for so long it takes; or that there is nothing to be noted yet. Of pictures in
    which nothing is ever noted, nobody knows."""
    notes = sorted((turn, *act.partition(" ")[::2]) for turn, act in record.acts)
    states = [(turn, tokenizer.encode(state)[0]) for turn, name, state in notes if name == SEEN]
    if not states:
        return {}
    return {
        seen.turn: next((name for turn, name in reversed(states) if turn <= seen.turn + 1), QUIET)
        for seen in record.seen
    }


def _shares(said: SayRecord) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Mel (10, 80) and letters (10,) of each micro-turn that is spoken."""
    mel = unpack(said.mel).reshape(said.turns, FRAMES_PER_TURN, BINS)
    letters = said.letters.reshape(said.turns, FRAMES_PER_TURN)
    return {said.turn + index: (mel[index], letters[index]) for index in range(said.turns)}


def _listen(
    result: Sequence, turn: int, levels: np.ndarray, letters: np.ndarray, config: ModelConfig
) -> None:
    for part in range(config.audio_tokens):
        frames = slice(part * config.audio_frames, (part + 1) * config.audio_frames)
        result.audio_at.append(result.put(0, Stream.AUDIO, turn))
        result.audio.append(levels[frames])
        result.letters.append(letters[frames])


def _look(result: Sequence, seen: Seen) -> None:
    for pixels, row, column, stream in zip(
        seen.pixels, seen.row, seen.column, seen.stream, strict=True
    ):
        result.patch_at.append(result.put(0, Stream(int(stream)), seen.turn))
        result.patches.append(pixels)
        result.patch_place.append((int(row), int(column)))


@dataclass
class _Writer:
    """Spreads what is due over micro-turns of `budget` text tokens: heard, then say, then an act.

    An act that does not fit stays open, and is gone on with before anything else is written.
    """

    budget: int
    tokenizer: Tokenizer
    memory: Memory
    heard: deque[int] = field(default_factory=deque)
    say: deque[int] = field(default_factory=deque)
    acts: deque[list[int]] = field(default_factory=deque)
    act: list[int] = field(default_factory=list)
    acting: bool = False

    def remembered(self, written: int) -> tuple[tuple[int, Stream], ...]:
        """Memory, when it is time to read it again."""
        if not self.memory.due(written):
            return ()
        self.memory = replace(self.memory, read=written)
        return tuple((token, Stream.MEMORY) for token in self.memory.tokens())

    def write(self, result: Sequence, turn: int) -> None:
        left = self.budget
        if not self.acting:
            heard = _put(result, turn, self.heard, Stream.HEARD, left)
            left -= len(heard)
            said: list[int] = []
            if self.say and left:
                result.predict(SAY, Stream.CONTROL, turn)
                said = _put(result, turn, self.say, Stream.SAY, left)
                left -= len(said)
            self.memory = self.memory.with_words(heard, said)
            if self.acts and left:
                result.predict(ACT, Stream.CONTROL, turn)
                self.acting = True
        if self.acting:
            self._act(result, turn, left)

    def _act(self, result: Sequence, turn: int, left: int) -> None:
        act = deque(self.acts.popleft())
        written = _put(result, turn, act, Stream.ACT, left)
        self.act += written
        if len(written) < left:
            result.predict(END, Stream.CONTROL, turn)
            name, _, rest = self.tokenizer.decode(self.act).partition(" ")
            self.memory = self.memory.after_act(name, self.tokenizer.encode(rest))
            self.act, self.acting = [], False
        else:
            self.acts.appendleft(list(act))


def _put(result: Sequence, turn: int, due: deque[int], stream: Stream, most: int) -> list[int]:
    """Write at most `most` tokens; returns them."""
    written = [due.popleft() for _ in range(min(len(due), most))]
    for token in written:
        result.predict(token, stream, turn)
    return written


def _speak(
    result: Sequence, turn: int, voice: tuple[np.ndarray, np.ndarray] | None, config: ModelConfig
) -> None:
    """voice: mel (10, 80) of the own voice and its letters (10,), or None when quiet."""
    if voice is None:
        result.predict(QUIET, Stream.CONTROL, turn)
        return
    position = result.predict(SPEAK, Stream.CONTROL, turn)
    mel, letters = (part.reshape(config.voice_tokens, -1) for part in voice)
    for share, spelled in zip(mel, letters, strict=True):
        result.drawn_at.append(position)
        result.drawn.append(share)
        result.spelled.append(spelled)
        position = result.put(0, Stream.VOICE, turn)
        result.voice_at.append(position)
        result.voice.append(share)
