"""Runs that learn together: meetings, who is late, and two real runs that end alike."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import torch

from engine.training.peers import Peers

PATIENCE_S = 5.0


def _weights(value: float) -> list[dict[str, torch.Tensor]]:
    return [{"a": torch.full((2, 2), value), "count": torch.tensor(3)}]


def _meet(peers: Peers, states: list[dict[str, torch.Tensor]], steps: int) -> list[int]:
    """Step until something was met, or for two periods."""
    until, met = time.monotonic() + 2.5, []
    step = 0
    while time.monotonic() < until and not any(met):
        step += steps
        met.append(peers.meet(states, step))
        time.sleep(0.01)
    return met


def test_who_made_more_steps_counts_for_more(tmp_path: Path) -> None:
    out = [tmp_path / "one", tmp_path / "two"]
    runs = [Peers(out[0], [out[1]], 1.0, PATIENCE_S), Peers(out[1], [out[0]], 1.0, PATIENCE_S)]
    states = [_weights(0.0), _weights(1.0)]
    threads = [
        threading.Thread(target=_meet, args=(run, state, steps))
        for run, state, steps in zip(runs, states, (3, 1), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = (state[0]["a"] for state in states)
    torch.testing.assert_close(first, second)
    assert 0.0 < float(first[0, 0]) < 0.5
    assert int(states[0][0]["count"]) == 3


def test_a_run_alone_goes_on_at_once(tmp_path: Path) -> None:
    alone = Peers(tmp_path / "one", [tmp_path / "never"], 0.2, 60.0)
    states, began = _weights(2.0), time.monotonic()
    for step in range(1, 30):
        assert alone.meet(states, step) == 0
        time.sleep(0.02)
    assert time.monotonic() - began < 10.0
    torch.testing.assert_close(states[0]["a"], torch.full((2, 2), 2.0))


def test_one_that_has_died_is_waited_for_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    left, right = Peers(one, [two], 0.5, 1.0), Peers(two, [one], 0.5, 0.0)
    states = [_weights(0.0), _weights(1.0)]
    gone = threading.Thread(target=_meet, args=(right, states[1], 1))
    gone.start()
    _meet(left, states[0], 1)
    gone.join()
    kept = states[0][0]["a"].clone()
    waits = []
    for step in range(100, 103):
        time.sleep(0.5)
        began = time.monotonic()
        left.meet(states[0], step)
        waits.append(time.monotonic() - began)
    assert sum(wait > 0.9 for wait in waits) <= 1
    torch.testing.assert_close(states[0][0]["a"], kept)


def test_only_the_last_two_meetings_are_kept(tmp_path: Path) -> None:
    alone = Peers(tmp_path / "one", [tmp_path / "two"], 0.1, 0.0)
    for step in range(1, 20):
        alone.meet(_weights(1.0), step)
        time.sleep(0.06)
    assert 1 <= len(list((tmp_path / "one" / "meetings").glob("*.pt"))) <= 2
