"""Laws of the ring cache: what is visible, what an undone micro-turn leaves, how much fits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.microturn import Frame, InputTurn, Update
from engine.model.config import ModelConfig
from engine.model.tokenizer import ACT, END, QUIET, SAY, SPEAK
from engine.runtime.backend import Listen, State
from engine.runtime.ring import Ring, biggest_turn, slack
from engine.runtime.session import ModelSession
from tests import untrained
from tests.test_training_sequence import Counting, Mute

pytestmark = pytest.mark.timeout(60)
CONFIG = replace(untrained.SMALL, window=40)
WORD = 300


def append(ring: Ring, count: int, sign: int = 1) -> None:
    """Tokens whose keys and values are their own index, so that slots can be read back."""
    index = sign * np.arange(ring.count, ring.count + count, dtype=np.float32)
    keys, values = np.zeros((2, 2, 32, count)), np.zeros((2, 2, count, 32))
    keys[:], values[:] = index, index[:, None]
    ring.append(keys, values)


def visible(ring: Ring, new: int) -> list[set[int]]:
    """For each of `new` tokens, the indices it sees, read from the ring's own slots."""
    mask = ring.mask(new) == 0.0
    held = mask[:, CONFIG.sinks : CONFIG.sinks + ring.slots]
    among = mask[:, CONFIG.sinks + ring.slots :]
    assert mask[:, : CONFIG.sinks].all()
    stored = ring.values[0][0, CONFIG.sinks :, 0]
    return [
        {int(i) for i in stored[seen]} | {ring.count + int(j) for j in np.flatnonzero(fresh)}
        for seen, fresh in zip(held, among, strict=True)
    ]


def window(index: int) -> set[int]:
    return set(range(max(0, index - CONFIG.window + 1), index + 1))


@pytest.mark.parametrize("seed", range(4))
def test_each_token_sees_the_window_and_nothing_else(seed: int) -> None:
    """Through many turns of the ring, a token sees itself and the window - 1 tokens before it."""
    ring, chance = Ring(CONFIG), np.random.default_rng(seed)
    ring.values[:, :, CONFIG.sinks :] = -7  # no token's: what was never written is not seen
    for new in chance.integers(1, slack(CONFIG) + 1, 40):
        wanted = [window(ring.count + i) for i in range(new)]
        assert visible(ring, int(new)) == wanted
        append(ring, int(new))
    assert ring.count > 4 * ring.slots


@pytest.mark.parametrize("start", [0, 1, 39, 40, 104, 105, 1000])
def test_an_undone_micro_turn_is_not_seen(start: int) -> None:
    """After the fullest micro-turn is written and rolled back, all that was visible still is."""
    ring = Ring(CONFIG)
    for _ in range(start):
        append(ring, 1)
    before = visible(ring, 5)
    append(ring, slack(CONFIG), sign=-1)
    ring.roll_back(start)
    assert visible(ring, 5) == before


def test_only_a_micro_turn_can_be_undone() -> None:
    """Rolling back further than the ring remembers, or forwards, is refused."""
    ring = Ring(CONFIG)
    for _ in range(5):
        append(ring, 60)
    for count in (300 - slack(CONFIG) - 1, 301, -1):
        with pytest.raises(ValueError, match="cannot roll back from token 300"):
            ring.roll_back(count)
    ring.roll_back(300 - slack(CONFIG))
    assert ring.count == 300 - slack(CONFIG)


def test_a_copy_is_apart() -> None:
    """What is written to one ring is not in the other."""
    ring = Ring(CONFIG)
    append(ring, 10)
    twin = ring.copy()
    append(ring, 10, sign=-1)
    assert visible(twin, 1) == [set(range(11))]
    append(twin, 10)
    assert visible(twin, 1) == [window(20)]


class Voluble:
    """A backend that knows only how to write as much as it may, and then to speak."""

    name = "voluble"

    def __init__(self, config: ModelConfig) -> None:
        self.config = config

    def cache(self) -> Counting:
        return Counting()

    def listen(self, cache: Counting, _turn: int, step: Listen) -> State:
        assert step.pending is not None or step.pending_voice is not None or cache.count == 0
        pending = step.pending is not None or step.pending_voice is not None
        looks = 0 if step.patches is None else len(step.patches.row)
        return self._add(cache, pending + self.config.audio_tokens + looks + len(step.text))

    def token(self, cache: Counting, _turn: int, _token: int, _stream: int) -> State:
        return self._add(cache, 1, end=-9)

    def voice(self, cache: Counting, _turn: int, _share: np.ndarray) -> State:
        return self._add(cache, 1)

    def draw(self, _hidden: np.ndarray, _noise: np.ndarray) -> np.ndarray:
        return np.zeros(self.config.voice_size, np.float32)

    def _add(self, cache: Counting, count: int, end: float = 9) -> State:
        """Ends an act that is open; else says, acts, and writes the act as long as it may."""
        cache.count += count
        logits = np.zeros(self.config.vocabulary, np.float32)
        logits[[END, SAY, ACT, WORD, SPEAK, QUIET]] = end, 4, 3, 2, 1, 0
        return State(np.zeros(1), logits)


@pytest.mark.parametrize(
    "config",
    [
        ModelConfig(),
        untrained.SMALL,
        ModelConfig(audio_tokens=10, voice_tokens=10, text_in=100, text_out=40),
    ],
    ids=["nano", "small", "wordy"],
)
def test_the_ring_has_room_for_the_fullest_micro_turn(config: ModelConfig) -> None:
    """All there can be at once, camera and screen, a long message, updates, text to the budget
    with every mark, and voice, is as much as was reckoned with, and fits beyond the window."""
    session = ModelSession(Voluble(config), untrained.tokenizer(), Mute())  # type: ignore[arg-type]
    chance, sizes = np.random.default_rng(0), []
    for index in range(12):
        pixels = chance.integers(0, 256, (360, 640, 3)).astype(np.uint8)
        before = session.state.cache.count
        session.step(
            InputTurn(
                index, np.zeros(3200, np.float32), Frame("camera", pixels),
                Frame("screen", pixels), "say beep " * 100, (Update("thinking", "four"),),
            )
        )  # fmt: skip
        sizes.append(session.state.cache.count - before)
    assert max(sizes) == biggest_turn(config) <= slack(config)
    assert Ring(config).slots == config.window + slack(config)
