"""What a GPU trains on is what the processor would have made: rows, hearings, optimiser steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from engine.model.config import Stream  # noqa: E402
from engine.model.embeddings import AudioBag  # noqa: E402
from engine.signal import mel  # noqa: E402
from engine.training import batches, microphone  # noqa: E402
from engine.training.accelerate import MatrixBag  # noqa: E402
from engine.training.batches import MISHEARD, UNRELIABLE, UNRELIABLE_CHANCE  # noqa: E402
from engine.training.hearing import Ears, ringing  # noqa: E402
from engine.training.laid import Laid, lay_all  # noqa: E402
from engine.training.microphone import Noises  # noqa: E402
from engine.training.muon import Muon, orthogonalise  # noqa: E402
from engine.training.objective import losses  # noqa: E402
from engine.training.render import Record, SayRecord, Seen  # noqa: E402
from engine.training.resident import Growing, Resident  # noqa: E402
from engine.training.rows import Gatherer, Placed, ranges  # noqa: E402
from engine.training.sequence import sequence  # noqa: E402
from engine.training.soundscape import Frames  # noqa: E402
from engine.training.trainer import new_model  # noqa: E402
from tests import untrained  # noqa: E402

pytestmark = pytest.mark.timeout(60)
CPU, ROWS, LENGTH = torch.device("cpu"), 3, 320
TOKENIZER = untrained.tokenizer()


def record(seed: int) -> Record:
    """Speech that rises and falls, words to hear, typed text, and two answers in the own voice."""
    rng = np.random.default_rng(seed)
    turns = int(rng.integers(14, 40))
    swing = 40 * np.sin(np.arange(turns * 10) / 7)[:, None]
    sound = np.clip(150 + swing + rng.normal(0, 12, (turns * 10, 80)), 0, 255)
    voice = [rng.integers(60, 200, (10 * n, 80)).astype(np.uint8) for n in (2, 3)]
    names = [rng.integers(0, 28, 10 * n).astype(np.uint8) for n in (2, 3)]
    words = rng.choice(untrained.WORDS, 6)
    return Record(
        skill=f"skill{seed % 3}",
        mel=sound.astype(np.uint8),
        letters=rng.integers(0, 28, turns * 10).astype(np.uint8),
        heard=tuple((int(t), str(w)) for t, w in zip(range(2, 14, 2), words, strict=True)),
        typed=((1, "when I say operator"),),
        says=(
            SayRecord(4, voice[0], ((4, "beep"),), names[0]),
            SayRecord(8, voice[1], ((8, "four"),), names[1]),
        ),
        commentary=((2, "plus seven"),),
        acts=((3, "seen one"), (7, "seen two")) if seed % 3 else (),
        memory=("one two",) if seed % 4 == 2 else (),
        seen=tuple(look(rng, turn) for turn in (0, 3, 7)),
    )


def look(rng: np.random.Generator, turn: int) -> Seen:
    """A few patches of camera and screen."""
    count = int(rng.integers(1, 6))
    places = (rng.integers(0, 9, count).astype(np.uint8) for _ in range(2))
    streams = np.sort(rng.choice([Stream.CAMERA, Stream.SCREEN], count)).astype(np.uint8)
    return Seen(turn, rng.integers(0, 256, (count, 3, 40, 40)).astype(np.uint8), *places, streams)


RECORDS = [record(seed) for seed in range(12)]


def bank(weights: dict[str, float] | None = None) -> Resident:
    made = Resident(Path("nowhere"), CPU, weights)
    made.add(lay_all(RECORDS[:5], untrained.SMALL, TOKENIZER))
    made.add(lay_all(RECORDS[5:], untrained.SMALL, TOKENIZER))
    return made


def noises() -> Noises:
    rng = np.random.default_rng(9)
    mels = [rng.integers(60, 220, (n, 80)).astype(np.uint8) for n in (90, 400, 700, 150)]
    return Noises(tuple(mels[:2]), tuple(mels[2:]))


def gatherer() -> Gatherer:
    return Gatherer(bank(), noises(), untrained.SMALL, ROWS, LENGTH, seed=1)


def written(placed: Placed) -> batches.Batch:
    """The same rows by the writer that goes token by token."""
    writers = []
    for row in range(ROWS):
        writer = batches._RowWriter(LENGTH)
        for which in np.flatnonzero(placed.at // LENGTH == row):
            item = RECORDS[placed.record[which]]
            levels = np.zeros(item.mel.shape, np.uint8)
            part = sequence(item, levels, untrained.SMALL, TOKENIZER)
            writer.add(part, item.turns, bool(placed.start[which] == writer.used))
        writers.append(writer)
    return batches._batch(writers, untrained.SMALL)


def test_gathered_rows_are_the_written_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Token for token, place for place, share for share, both ways lay out the same batch."""
    monkeypatch.setattr("engine.training.rows.MISHEARD", 0.0)
    monkeypatch.setattr("engine.training.rows.UNRELIABLE", (0.0, 0.0))
    monkeypatch.setattr("engine.training.rows.FRESH_START", 0.3)
    made = gatherer()
    placed = made.place(bank().draws(np.random.default_rng(4)))
    gathered, expected = made.gather(placed), written(placed)
    for name in (
        "text", "stream", "turn", "start", "target", "target_at", "noticed", "noticed_at",
            "audio_at", "letters", "voice", "voice_at", "drawn", "drawn_at", "spelled",
            "patches", "patch_row", "patch_column", "patch_stream", "patch_at",
    ):  # fmt: skip
        one, other = np.asarray(getattr(gathered, name)), getattr(expected, name)
        assert one.shape == other.shape, name
        assert np.array_equal(one, other), name
    assert tuple(gathered.audio.shape) == expected.audio.shape
    assert len(gathered.voice_at) > 10
    assert len(gathered.noticed) > 10
    assert (placed.start > 0).any()


def test_what_leaves_something_in_mind_is_followed_by_a_new_session() -> None:
    """Facts and orders of one record are none of the next one's, which must not see them."""
    made = gatherer()
    many = bank().draws(np.random.default_rng(4))
    places = [made.place(many) for _ in range(20)]
    after, kept = [], []
    for placed in places:
        row = placed.at // LENGTH
        for which in np.flatnonzero(row[1:] == row[:-1]):
            kept.append(bool(RECORDS[placed.record[which]].memory))
            after.append(placed.start[which + 1] == placed.at[which + 1] % LENGTH)
    fresh, keeps = np.array(after), np.array(kept)
    assert keeps.sum() > 3
    assert fresh[keeps].all()
    assert fresh[~keeps].mean() < 0.6


def test_words_are_misheard_in_the_past_only() -> None:
    """Some of the words it has written are wrong in what it reads, and right in what it learns;
    both ways alike."""
    resident = gatherer().batches()

    def draw(rng: np.random.Generator) -> Record:
        return RECORDS[int(rng.integers(len(RECORDS)))]

    read = batches.batches(
        draw, noises(), untrained.SMALL, TOKENIZER, ROWS, LENGTH, np.random.default_rng(1)
    )
    usual = MISHEARD * (1 - UNRELIABLE_CHANCE) + np.mean(UNRELIABLE) * UNRELIABLE_CHANCE
    for made_by in (resident, read):
        assert usual / 2 < _misheard(islice(made_by, 16)) < usual * 1.7


def _misheard(made: Iterable[batches.Batch]) -> float:
    """The share of words read that are not those that were to be written."""
    texts: list[np.ndarray] = []
    for batch in made:
        heard = np.asarray(batch.stream).ravel() == Stream.HEARD
        before = np.flatnonzero(heard) - 1
        shown = np.asarray(batch.text).ravel()[heard]
        texts.append(shown != np.asarray(batch.target).ravel()[before])
    return float(np.concatenate(texts).mean())


def test_both_microphones_hear_alike() -> None:
    """Over many hearings of a record, both give the same levels, spread, and tilt."""
    made, times, chance = gatherer(), 80, np.random.default_rng(2)
    for index in (0, 3):
        item = RECORDS[index]
        frames = Frames(np.full(times, len(item.mel)), CPU)
        sources, _ = made._soundscape.around(np.full(times, index), frames)
        ours = made._ears.hear(sources).numpy().reshape(times, -1, 80).astype(float)
        theirs = np.stack(
            [microphone.microphone(item, noises(), chance) for _ in range(times)]
        ).astype(float)
        for low, high in ((0, 27), (27, 54), (54, 80)):
            one, other = ours[..., low:high], theirs[..., low:high]
            assert abs(one.mean() - other.mean()) < 0.75
            assert one.std() == pytest.approx(other.std(), rel=0.15)
        frame_by_frame = np.corrcoef(ours.mean((0, 2)), theirs.mean((0, 2)))[0, 1]
        assert frame_by_frame > 0.9


def test_a_tail_rings_as_the_filter_does() -> None:
    """Doubling gives what the recursive filter gives, and rings into no other hearing."""
    from scipy.signal import lfilter

    power = np.random.default_rng(0).random((90, 80)).astype(np.float32)
    place = torch.cat([torch.arange(50), torch.arange(40)])
    decay = torch.cat([torch.full((50, 1), 0.7), torch.full((40, 1), 0.2)])
    made = ringing(torch.from_numpy(power), place, decay).numpy()
    parts = [
        lfilter([0.0, 1.0], [1.0, -d], x, axis=0) for d, x in ((0.7, power[:50]), (0.2, power[50:]))
    ]
    assert np.allclose(made, np.concatenate(parts), atol=1e-5)


def test_levels_are_the_levels_of_a_session() -> None:
    """Quantising on a device gives the levels that a session computes."""
    from engine.training.hearing import levels

    power = (10 ** np.random.default_rng(1).uniform(-7, 4, (500, 80))).astype(np.float32)
    assert np.mean(levels(torch.from_numpy(power)).numpy() != mel.levels(power)) < 1e-4


def test_nothing_that_is_silent_makes_a_noise() -> None:
    """An echo comes only where the own voice has sounded."""
    ears, zeros = Ears(CPU, 0), torch.zeros(40, 80)
    assert not ears.room(zeros, sources(40), torch.ones(1, 1)).any()
    made, item = gatherer(), RECORDS[0]
    frames = Frames(np.full(20, len(item.mel)), CPU)
    own = made._soundscape.around(np.zeros(20, np.int64), frames)[0].own
    sounding = own.at[own.sounding] % len(item.mel)
    first = (item.says[0].turn + 1) * 10
    assert len(sounding)
    assert int(sounding.min()) > first
    assert set((sounding - first).tolist()) <= set(range(1, microphone.ECHO_FRAMES[1] + 70))


def test_a_muted_microphone_gives_nothing_on_a_device_too() -> None:
    """Zeros, at times where nobody speaks, and never where somebody does."""
    ears, given = Ears(CPU, 3), sources(10)
    silent = replace(given, loudness=torch.zeros(1))
    muted = [not ears.hear(silent).any() for _ in range(200)]
    assert 0.08 < np.mean(muted) < 0.25
    assert all(ears.hear(given).any() for _ in range(100))


def sources(frames: int):  # type: ignore[no-untyped-def]
    from engine.training.hearing import Sources, Spots

    nothing = Spots(torch.zeros(0, 80, dtype=torch.uint8), torch.zeros(0, dtype=torch.int64))
    hearing = torch.zeros(frames, dtype=torch.int64)
    silent = torch.zeros(frames, 80, dtype=torch.uint8)
    return Sources(silent, hearing, torch.arange(frames), torch.ones(1), nothing, hearing, nothing)


def test_skills_are_drawn_by_weight() -> None:
    """A skill is drawn as often as its weight says, one without a weight never."""
    draws = bank({"skill0": 3.0, "skill1": 1.0}).draws(np.random.default_rng(0))
    counted = Counter(RECORDS[which].skill for which in islice(draws, 4000))
    assert set(counted) == {"skill0", "skill1"}
    assert counted["skill0"] / 4000 == pytest.approx(0.75, abs=0.04)


def test_an_empty_bank_says_so() -> None:
    """Without anything to train on, the error says what to do."""
    with pytest.raises(LookupError, match="render scenes first"):
        next(Resident(Path("nowhere"), CPU).draws(np.random.default_rng(0)))


def test_laid_records_come_back_from_disk(tmp_path: Path) -> None:
    """What is saved is what is loaded, and taken in once."""
    laid = lay_all(RECORDS, untrained.SMALL, TOKENIZER)
    laid.save(tmp_path / "a.laid")
    again = Laid.load(tmp_path / "a.laid")
    assert all(np.array_equal(getattr(laid, n), getattr(again, n)) for n in laid.__dict__)
    made = Resident(tmp_path, CPU)
    assert (made.refresh(), made.refresh(), len(made)) == (1, 0, len(RECORDS))
    assert made.hours == pytest.approx(sum(r.turns for r in RECORDS) * 0.2 / 3600)


def test_growing_keeps_what_it_has() -> None:
    """Rows stay as they were while room is made for more."""
    grown, rng = Growing(CPU, torch.int32, 2), np.random.default_rng(0)
    parts = [rng.integers(0, 99, (n, 2)).astype(np.int32) for n in (3, 0, 1500, 700, 5000)]
    for part in parts:
        grown.extend(part)
    assert np.array_equal(grown.numpy(), np.concatenate(parts))


def test_growing_takes_little_more_than_it_holds() -> None:
    """20 GB of pictures are to fit beside their own copy, and beside training."""
    grown = Growing(CPU, torch.uint8, 3)
    for count in (2000, *[100] * 300):
        grown.extend(np.zeros((count, 3), np.uint8))
        assert len(grown._room) <= 1.3 * grown.used


def test_ranges_run_from_each_first() -> None:
    """Several stretches of counting, one after the other."""
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]


def test_matrices_of_one_shape_move_as_if_alone() -> None:
    """Orthogonalising together is orthogonalising each, tall or wide, step after step."""
    torch.manual_seed(0)
    for shape in ((6, 16, 8), (4, 8, 16)):
        stack = torch.randn(shape)
        alone = torch.stack([orthogonalise(matrix) for matrix in stack])
        assert torch.allclose(orthogonalise(stack), alone, atol=1e-5)
        spread = torch.linalg.svdvals(alone)
        assert float(spread.min()) > 0.5
        assert float(spread.max()) < 1.5
    together, apart = ([torch.nn.Parameter(torch.ones(8, 4) * i) for i in (1, 2)] for _ in "ab")
    for group in ([Muon(together, 0.1)], [Muon([p], 0.1) for p in apart]):
        for step in range(3):
            torch.manual_seed(step)
            grads = torch.randn(2, 8, 4)
            for parameters in (together, apart):
                for parameter, gradient in zip(parameters, grads, strict=True):
                    parameter.grad = gradient.clone()
            for optimiser in group:
                optimiser.step()
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(together, apart, strict=True))


def test_a_matrix_of_ones_is_a_bag() -> None:
    """The product gives the sums and the gradients that the bag gives."""
    bag = AudioBag(untrained.SMALL)
    levels = torch.randint(0, 16, (7, untrained.SMALL.audio_frames, 80), dtype=torch.uint8)
    bag(levels).square().sum().backward()
    summed, gradient = bag(levels), bag.table.grad.clone()
    bag.table.grad = None
    bag.__class__ = MatrixBag
    bag(levels).square().sum().backward()
    assert torch.allclose(bag(levels), summed, atol=1e-5)
    assert torch.allclose(bag.table.grad, gradient, atol=1e-4)


def test_what_is_seen_is_asked_at_the_pictures_alone() -> None:
    """The head learns where something is to be noticed, and its loss is of those places; where
    nothing is, it is nought."""
    model = new_model(untrained.SMALL, np.zeros((10, 80), np.float32), 0)
    batch = next(gatherer().batches())
    assert len(batch.noticed) > 5
    result = losses(model, batch, CPU, 0.5)
    assert float(result.noticing.detach()) == pytest.approx(np.log(untrained.SMALL.vocabulary))
    result.noticing.backward()
    asked = model.noticing.bias.grad < 0  # only what was wanted is to become likelier
    assert set(asked.nonzero().flatten().tolist()) == set(batch.noticed.tolist())
    none = replace(batch, noticed=batch.noticed[:0], noticed_at=batch.noticed_at[:0])
    assert float(losses(model, none, CPU, 0.5).noticing.detach()) == 0.0


def test_a_resident_batch_trains() -> None:
    """Loss and gradients come out of a gathered batch, and the figures are all there."""
    model = new_model(untrained.SMALL, np.zeros((10, 80), np.float32), 0)
    result = losses(model, next(gatherer().batches()), CPU, 0.5)
    result.total.backward()
    assert set(result.figures()) == {
        "text", "letters", "voice", "spelling", "noticing", "glancing", "noting", "words",
        "quiet",
    }
    assert all(np.isfinite(list(result.figures().values())))
    assert model.text_head.weight.grad.abs().sum() > 0
