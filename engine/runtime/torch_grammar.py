"""The grammar of `Writing` on the device: many sessions choose without asking the host."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import ACT, CONTROLS, END, QUIET, SAY, SPEAK
from engine.runtime.writing import MARKS, allowed

WRITES, SPEAKS, RESTS = range(3)
STREAMS = (Stream.HEARD, Stream.SAY, Stream.ACT)


def most_written(config: ModelConfig) -> int:
    """Tokens of the longest text of a micro-turn, the end included."""
    return config.text_out + MARKS + 1


@dataclass
class Written:
    """What has been written in the micro-turn, a row for each slot.

    token, under: what comes next and the stream under which the model sees it. phase: whether
    it still writes, is to speak, or is done. tokens: (slots + 1, most); number: how many.
    """

    token: Tensor
    under: Tensor
    stream: Tensor
    acting: Tensor
    ended: Tensor
    left: Tensor
    phase: Tensor
    tokens: Tensor
    number: Tensor


class Grammar:
    """may: (12, vocabulary) bool, which tokens may come in each state; see `_state`."""

    def __init__(self, config: ModelConfig, slots: int, device: torch.device) -> None:
        self.config, self.may = config, torch.from_numpy(_table(config)).to(device)

        def zeros(*shape: int) -> Tensor:
            return torch.zeros(slots + 1, *shape, dtype=torch.int64, device=device)

        one = (zeros() for _ in range(7))
        token, under, stream, acting, ended, left, phase = one
        tokens, number = zeros(most_written(config)), zeros()
        self.written = Written(token, under, stream, acting, ended, left, phase, tokens, number)

    def begin(self, rows: Tensor, acting: Tensor) -> None:
        """A micro-turn begins in slots `rows`; acting: (B,) int64, whether an act is open."""
        w = self.written
        w.acting[rows] = acting
        w.stream[rows] = torch.where(acting > 0, int(Stream.ACT), int(Stream.HEARD))
        for part, value in (
            (w.left, self.config.text_out), (w.ended, 0), (w.number, 0), (w.tokens, 0),
            (w.phase, WRITES),
        ):  # fmt: skip
            part.index_fill_(0, rows, value)

    def choose(self, rows: Tensor, logits: Tensor) -> None:
        """Each takes the likeliest token that may come now; who was to speak, now does."""
        w = self.written
        speaks = (w.number[rows] > 0) & (w.token[rows] == SPEAK)
        stream, acting, left, ended = w.stream[rows], w.acting[rows], w.left[rows], w.ended[rows]
        may = self.may[_state((left > 0) & (ended == 0), acting, stream)]
        token = logits.masked_fill(~may, -torch.inf).argmax(-1)
        mark = (token == SAY) | (token == ACT) | (token == END)
        word = token >= len(CONTROLS)
        next_stream = torch.where(token == SAY, int(Stream.SAY), int(Stream.ACT))
        self._note(rows, token, speaks)
        w.under[rows] = torch.where(word, stream, int(Stream.CONTROL))
        w.stream[rows] = torch.where(mark, next_stream, stream)
        w.acting[rows] = torch.where(mark, (token == ACT).long(), acting)
        w.ended[rows] = torch.where(mark, (token == END).long(), ended)
        w.left[rows] = left - word.long()
        phase = torch.where(token == QUIET, RESTS, WRITES)
        w.phase[rows] = torch.where(speaks, SPEAKS, phase)

    def _note(self, rows: Tensor, token: Tensor, speaks: Tensor) -> None:
        """The token becomes the next and enters the list, unless speaking has begun."""
        w = self.written
        number = w.number[rows]
        place = number.clamp(max=w.tokens.shape[1] - 1)  # nobody's slot counts on
        token = torch.where(speaks, SPEAK, token)
        w.token[rows] = token
        w.tokens[rows, place] = torch.where(speaks, w.tokens[rows, place], token)
        w.number[rows] = torch.where(speaks, number, place + 1)


def _state(room: Tensor, acting: Tensor, stream: Tensor) -> Tensor:
    return room.long() * 6 + acting * 3 + stream - int(Stream.HEARD)


def _table(config: ModelConfig) -> np.ndarray:
    """Read off `Writing`'s own rule, in the order of `_state`."""
    return np.stack([
        allowed(bool(room), bool(acting), stream, config.vocabulary)
        for room in (0, 1) for acting in (0, 1) for stream in STREAMS
    ])  # fmt: skip
