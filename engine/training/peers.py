"""Runs that learn together: once a minute the weights of all are averaged.

This is local SGD (Stich, arXiv 1805.09767). One run a core, or a machine that sees the same
folder: each reads scenes of its own, and nobody waits for a gradient. Who made more steps since
the last meeting counts for more; who is late is not waited for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

EVERY_S, PATIENCE_S = 60.0, 20.0
_FOLDER, _POLL_S = "meetings", 0.05

State = dict[str, Tensor]


class Peers:
    """The runs in `others`, met by the run in `out`.

    Meetings are at the same moments for all, so their clocks must agree to a few seconds.
    """

    def __init__(
        self, out: Path, others: Sequence[Path], every_s: float = EVERY_S,
        patience_s: float = PATIENCE_S,
    ) -> None:  # fmt: skip
        self._own = out / _FOLDER
        self._others = [other / _FOLDER for other in others]
        self._every_s, self._patience_s = every_s, patience_s
        self._met, self._step = self._now(), -1

    def meet(self, states: Sequence[State], step: int) -> int:
        """Average `states` with those of the others, in place, when it is time to.

        step: how many steps this run has made. Returns how many others took part.
        Raises OSError where the own folder takes no more.
        """
        if not self._others:
            return 0
        now, first = self._now(), self._step < 0
        if first:
            self._met = now  # by which the others know that it will come to the next one
        elif now == self._met:
            return 0
        made, self._step = step - self._step, step
        self._bring(now, states, made)
        if first:
            return 0
        brought = [found for other in self._others if (found := self._fetch(other, now))]
        self._met = now
        self._blend(states, made, brought)
        return len(brought)

    def _now(self) -> int:
        return int(time.time() // self._every_s)

    def _bring(self, now: int, states: Sequence[State], made: int) -> None:
        self._own.mkdir(parents=True, exist_ok=True)
        partial = self._own / "partial"
        torch.save({"made": made, "states": list(states)}, partial)
        partial.rename(self._own / f"{now}.pt")
        for before in _meetings(self._own):
            if before < now - 1:
                (self._own / f"{before}.pt").unlink()

    def _fetch(self, other: Path, now: int) -> tuple[int, list[State]] | None:
        """What another run brought. Only one that came last time is waited for."""
        path, until = other / f"{now}.pt", time.monotonic() + self._patience_s
        while not path.exists():
            if self._met not in _meetings(other) or time.monotonic() > until:
                return None
            time.sleep(_POLL_S)
        brought = torch.load(path, map_location="cpu", weights_only=True)
        return brought["made"], brought["states"]

    @torch.no_grad()
    def _blend(
        self, states: Sequence[State], made: int, brought: Sequence[tuple[int, list[State]]]
    ) -> None:
        total = made
        for theirs, others in brought:
            total += theirs
            share = theirs / max(1, total)
            for state, other in zip(states, others, strict=True):
                for name, value in state.items():
                    if value.is_floating_point():
                        value.lerp_(other[name].to(value.device), share)


def _meetings(folder: Path) -> Iterator[int]:
    return (int(path.stem) for path in folder.glob("*.pt"))
