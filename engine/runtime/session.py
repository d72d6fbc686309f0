"""A session: the micro-turn of ARCHITECTURE.md, one after the other, on explicit state.

in : [what was pending] audio, camera patches, screen patches, key held, typed text, updates, memory
out: heard tokens, say tokens, act tokens, quiet | speak, [own-voice tokens, if speak]

Every choice is the model's: the runtime only keeps the grammar of the output streams and the
limits of a micro-turn. It looks at no word, sound or pixel.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.microturn import Act, InputTurn, OutputTurn, Update
from engine.model.config import Stream
from engine.model.tokenizer import ADDRESSED, QUIET, SPEAK, Tokenizer
from engine.runtime.backend import Answer, Ask, Backend, Listen, State, WholeTurns
from engine.runtime.looking import Looking
from engine.runtime.memory import NOTES, Memory
from engine.runtime.reading import readable
from engine.runtime.voice import VoiceMaker, VoiceState
from engine.runtime.writing import Writing
from engine.signal.mel import silence, turn_wave

Token = tuple[int, int]


@dataclass
class SessionState:
    """Everything that a session is. `copy` gives an independent value."""

    cache: Any
    turn: int = 0
    overlap: np.ndarray = field(default_factory=silence)
    waiting: tuple[Token, ...] = ()
    pending: Token | None = None
    pending_voice: np.ndarray | None = None
    heard_rest: tuple[int, ...] = ()
    say_rest: tuple[int, ...] = ()
    act_rest: tuple[int, ...] = ()
    acting: bool = False
    generation: int = 0
    voice: VoiceState | None = None
    looking: Looking = field(default_factory=Looking)
    memory: Memory = field(default_factory=Memory)

    @property
    def written(self) -> int:
        """Tokens of the sequence so far, those that travel with the next input among them."""
        pending = (self.pending is not None) + (self.pending_voice is not None)
        return int(self.cache.count) + pending

    def copy(self) -> SessionState:
        return replace(self, cache=self.cache.copy())


class ModelSession:
    """Implements engine.microturn.Reversible on a backend."""

    def __init__(
        self, backend: Backend, tokenizer: Tokenizer, voice: VoiceMaker, seed: int = 0
    ) -> None:
        self.backend, self.tokenizer, self.voice, self.seed = backend, tokenizer, voice, seed
        self.config = backend.config
        self.state = SessionState(backend.cache())

    def snapshot(self) -> SessionState:
        return self.state.copy()

    def restore(self, state: SessionState) -> None:
        copy = state.copy()
        if isinstance(self.backend, WholeTurns):
            copy.cache = self.backend.adopt(copy.cache)
        self.state = copy

    def step(self, turn: InputTurn) -> OutputTurn:
        """Advance one micro-turn. A step that fails leaves no trace: it can be tried again.

        Raises ValueError when `turn` is not the next one.
        """
        if turn.index != self.state.turn:
            raise ValueError(f"micro-turn {turn.index} came where {self.state.turn} was due")
        mark = self.mark()
        try:
            return self._step(turn)
        except BaseException:
            self.go_back(mark)
            raise

    def mark(self) -> tuple[SessionState, int]:
        """The ring is longer than its window by a micro-turn, so going back needs no copy of it."""
        return replace(self.state), int(self.state.cache.count)

    def go_back(self, mark: tuple[SessionState, int]) -> None:
        """mark: of the newest micro-turn. Raises ValueError for an older one."""
        before, count = mark
        before.cache.roll_back(count)
        self.state = before

    def _step(self, turn: InputTurn) -> OutputTurn:
        written, shares = self._answer(self._input(turn))
        speaking, audio = self._sound(shares)
        self.state.turn += 1
        return OutputTurn(
            turn.index, written.heard, written.say, written.acts, speaking, audio,
            self.state.generation, sum(stream != Stream.MEMORY for _, stream in self.state.waiting),
        )  # fmt: skip

    def _input(self, turn: InputTurn) -> Listen:
        s = self.state
        wave, s.overlap = turn_wave(s.overlap, turn.audio.astype(np.float32, copy=False))
        queue = deque(s.waiting + self._typed(turn) + self._remembered())
        held = ((ADDRESSED, int(Stream.TEXT)),) if turn.addressed else ()
        room = min(len(queue), self.config.text_in - len(held))
        text = held + tuple(queue.popleft() for _ in range(room))
        s.waiting = tuple(queue)
        camera = turn.camera if "camera" in self.config.sees else None
        screen = turn.screen if "screen" in self.config.sees else None
        patches, s.looking = s.looking.see(camera, screen, turn.index)
        return Listen(wave, s.pending, s.pending_voice, text, patches)

    def _typed(self, turn: InputTurn) -> tuple[Token, ...]:
        tokens = self._tokens(turn.text, Stream.TEXT)
        for update in turn.updates:
            tokens += self._tokens(update.text, _update_stream(update))
        return tokens

    def _remembered(self) -> tuple[Token, ...]:
        """Memory, when it is time to read it again."""
        s = self.state
        if not s.memory.due(s.written):
            return ()
        s.memory = replace(s.memory, read=s.written)
        return tuple((token, int(Stream.MEMORY)) for token in s.memory.tokens())

    def _tokens(self, text: str, stream: Stream) -> tuple[Token, ...]:
        return tuple((token, int(stream)) for token in self.tokenizer.encode(readable(text)))

    def _answer(self, given: Listen) -> tuple[_Written, np.ndarray | None]:
        """What is written, and the shares of voice if it speaks."""
        if isinstance(self.backend, WholeTurns):
            return self._whole(self.backend, given)
        return self._by_steps(given)

    def _whole(self, backend: WholeTurns, given: Listen) -> tuple[_Written, np.ndarray | None]:
        """All of it at once; the choices are sorted into streams as they would have been made."""
        s = self.state
        noise = np.stack([self._noise(part) for part in range(self.config.voice_tokens)])
        answer: Answer = backend.micro_turn(s.cache, Ask(s.turn, given, s.acting, noise))
        writing = Writing(self.config.text_out, s.acting)
        for token in answer.tokens[:-1]:
            writing.take(token)
        return self._written(writing), answer.shares

    def _by_steps(self, given: Listen) -> tuple[_Written, np.ndarray | None]:
        """The text of a micro-turn, greedily, up to its budget; ends at quiet or speak."""
        s, writing = self.state, Writing(self.config.text_out, self.state.acting)
        state = self.backend.listen(s.cache, s.turn, given)
        while (token := writing.choose(state.logits)) not in (QUIET, SPEAK):
            state = self.backend.token(s.cache, s.turn, token, writing.take(token))
        written = self._written(writing)
        return written, self._shares() if token == SPEAK else None

    def _shares(self) -> np.ndarray:
        """Of the voice, one after the other: (voice_tokens, voice_size)."""
        s = self.state
        state = self.backend.token(s.cache, s.turn, SPEAK, int(Stream.CONTROL))
        shares = [self._draw(state, 0)]
        for part in range(1, self.config.voice_tokens):
            state = self.backend.voice(s.cache, s.turn, shares[-1])
            shares.append(self._draw(state, part))
        return np.stack(shares)

    def _written(self, writing: Writing) -> _Written:
        s, tokens = self.state, writing.tokens
        s.memory = s.memory.with_words(tokens[Stream.HEARD], tokens[Stream.SAY])
        heard, s.heard_rest = self._words(
            s.heard_rest + tuple(tokens[Stream.HEARD]), writing.cut(Stream.HEARD)
        )
        say, s.say_rest = self._words(
            s.say_rest + tuple(tokens[Stream.SAY]), writing.cut(Stream.SAY)
        )
        s.act_rest, s.acting = s.act_rest + tuple(tokens[Stream.ACT]), writing.acting
        acts: tuple[Act, ...] = ()
        if s.act_rest and not s.acting:
            act, s.act_rest = self._act(s.act_rest), ()
            acts = () if act.name in NOTES else (act,)
        return _Written(heard, say, acts)

    def _words(self, tokens: tuple[int, ...], cut: bool) -> tuple[str, tuple[int, ...]]:
        """Whole words; when the budget cut a word, it waits for its rest."""
        whole = len(tokens)
        if cut and tokens:
            starts = [i for i, token in enumerate(tokens) if self.tokenizer.starts_word(token)]
            whole = starts[-1] if starts else 0
        return self.tokenizer.decode(tokens[:whole]), tokens[whole:]

    def _act(self, tokens: tuple[int, ...]) -> Act:
        name, _, rest = self.tokenizer.decode(tokens).partition(" ")
        self.state.memory = self.state.memory.after_act(name, self.tokenizer.encode(rest))
        return Act(name, {"text": rest})

    def _sound(self, shares: np.ndarray | None) -> tuple[bool, np.ndarray | None]:
        s = self.state
        if shares is None:
            s.pending, s.pending_voice = (QUIET, int(Stream.CONTROL)), None
            audio, s.voice = self.voice.end(s.voice)
            return False, audio
        if s.voice is None:
            s.generation += 1
        s.pending, s.pending_voice = None, shares[-1]
        audio, s.voice = self.voice.make(list(shares), s.voice, self.seed, s.turn)
        return True, audio

    def _draw(self, state: State, part: int) -> np.ndarray:
        return self.backend.draw(state.hidden, self._noise(part))

    def _noise(self, part: int) -> np.ndarray:
        noise = counter_noise(self.seed, self.state.turn, part, self.config.voice_size)
        return noise * np.float32(self.config.flow_temperature)


@dataclass(frozen=True)
class _Written:
    heard: str
    say: str
    acts: tuple[Act, ...]


def _update_stream(update: Update) -> Stream:
    return Stream.THINKING if update.kind == "thinking" else Stream.COMMENTARY


def counter_noise(seed: int, turn: int, position: int, size: int) -> np.ndarray:
    """Standard normal numbers that depend on nothing but (seed, micro-turn, position)."""
    bits = np.random.Philox(key=seed % 2**64, counter=[0, 0, position, turn])
    return np.random.Generator(bits).standard_normal(size, np.float32)
