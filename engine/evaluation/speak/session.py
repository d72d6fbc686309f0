"""The model is made to say a given sentence: forced word by word, or asked to read it.

Forced, the words and the micro-turns in which there is voice are those that training would have
taught (engine/training/render.py); every sound is the model's own, drawn as in any session.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.microturn import TURN_SAMPLES, InputTurn, Update
from engine.model.tokenizer import SAY, Tokenizer
from engine.runtime.backend import Listen
from engine.runtime.loading import LoadedEngine
from engine.runtime.session import ModelSession, _Written
from engine.runtime.writing import Writing
from engine.training.render import say_record
from engine.training.scenes.stage import Say, plain
from engine.training.voices.clip import Clip

LEAD_TURNS = 4
FLOOR_DBFS = -65.0
PATIENCE_TURNS = 15
ENDED_TURNS = 6


@dataclass(frozen=True)
class Spoken:
    """A voice's wave: (3200 * turns,) float32, and the words that the model wrote meanwhile."""

    wave: np.ndarray
    say: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """What is forced, by micro-turn: tokens of `say`, and from where to where there is voice."""

    tokens: Mapping[int, tuple[int, ...]]
    first: int
    last: int

    @staticmethod
    def of(clip: Clip, tokenizer: Tokenizer, budget: int) -> Script:
        """The words in the micro-turns of the teacher's clip; what is over the budget waits."""
        said = say_record(Say(LEAD_TURNS, clip))
        due, tokens = deque[int](), dict[int, tuple[int, ...]]()
        for turn in range(said.turn, said.turn + said.turns):
            for at, word in said.words:
                due.extend(tokenizer.encode(word) if at == turn else ())
            tokens[turn] = tuple(due.popleft() for _ in range(min(len(due), budget)))
        return Script(tokens, said.turn, said.turn + said.turns)


class ForcedSession(ModelSession):
    """A session whose words and whose quiet or speak come from a script; its sounds do not."""

    script: Script

    def _answer(self, given: Listen) -> tuple[_Written, np.ndarray | None]:
        writing, turn = Writing(self.config.text_out, False), self.state.turn
        self.backend.listen(self.state.cache, turn, given)
        tokens = self.script.tokens.get(turn, ())
        for token in (SAY, *tokens) if tokens else ():
            self.backend.token(self.state.cache, turn, token, writing.take(token))
        written, speaks = self._written(writing), self.script.first <= turn < self.script.last
        return written, self._shares() if speaks else None


def forced(engine: LoadedEngine, clip: Clip, seed: int, temperature: float | None) -> Spoken:
    """The model speaks the words of the teacher's clip, at its pace."""
    session = ForcedSession(engine.backend, engine.tokenizer, engine.voice, seed)
    session.script = Script.of(clip, engine.tokenizer, session.config.text_out)
    _set(session, temperature)
    return _run(session, {}, seed, session.script.last + 1)


def reading(
    engine: LoadedEngine, text: str, clip: Clip, seed: int, temperature: float | None
) -> Spoken:
    """The sentence comes as commentary; whatever the model then says of itself is kept.

    It may start within 3 s and take twice the teacher's time.
    """
    session = engine.session(seed)
    _set(session, temperature)
    longest = LEAD_TURNS + PATIENCE_TURNS + 2 * (len(clip.audio) // TURN_SAMPLES + 1)
    return _run(session, {LEAD_TURNS: (Update("commentary", text),)}, seed, longest)


def _set(session: ModelSession, temperature: float | None) -> None:
    if temperature is not None:
        session.config = replace(session.config, flow_temperature=temperature)


def _run(
    session: ModelSession, updates: Mapping[int, tuple[Update, ...]], seed: int, turns: int
) -> Spoken:
    """From the first voice to the last; ends when the voice has been silent for a while."""
    chance = np.random.default_rng([seed, 7])
    blocks, said = list[np.ndarray | None](), list[str]()
    for turn in range(turns):
        hiss = chance.standard_normal(TURN_SAMPLES, np.float32) * 10 ** (FLOOR_DBFS / 20)
        given = InputTurn(turn, hiss.astype(np.float32), updates=updates.get(turn, ()))
        output = session.step(given)
        blocks.append(output.audio)
        said += plain(output.say).split()
        if _ended(blocks):
            break
    return Spoken(_joined(blocks), tuple(said))


def _ended(blocks: list[np.ndarray | None]) -> bool:
    silent = all(block is None for block in blocks[-ENDED_TURNS:])
    return silent and any(block is not None for block in blocks)


def _joined(blocks: list[np.ndarray | None]) -> np.ndarray:
    """Pauses between blocks are silence; before the first and after the last there is nothing."""
    at = [turn for turn, block in enumerate(blocks) if block is not None]
    if not at:
        return np.zeros(TURN_SAMPLES, np.float32)
    nothing = np.zeros(TURN_SAMPLES, np.float32)
    kept = blocks[at[0] : at[-1] + 1]
    return np.concatenate([nothing if block is None else block for block in kept])
