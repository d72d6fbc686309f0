"""Videos as trials: what is typed before, and what each is judged by. Their sources are folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.evaluation.course import Trial
from engine.evaluation.seeing.watched import Seen, watched
from engine.evaluation.skills import generator


class Watchable(Protocol):
    """What a video is judged by; its times are the video's own, in seconds."""

    @property
    def path(self) -> Path: ...

    @property
    def seconds(self) -> float: ...

    @property
    def order(self) -> str:
        """What is typed before it."""
        ...


class Videos(Protocol):
    @property
    def times(self) -> str:
        """Where the times of events come from."""
        ...

    def videos(self) -> Mapping[str, tuple[str, Watchable]]:
        """By name: (kind, what it is judged by). Raises CourseError."""
        ...


@dataclass(frozen=True)
class Filmed:
    """limit: videos of each kind, at most."""

    source: Videos
    limit: int | None = None
    seed: int = 0

    @property
    def times(self) -> str:
        return self.source.times

    def names(self) -> Sequence[str]:
        by_kind: dict[str, list[str]] = {}
        for name, (kind, _) in self.source.videos().items():
            by_kind.setdefault(kind, []).append(name)
        return [name for names in by_kind.values() for name in names[: self.limit]]

    def trial(self, key: str) -> Trial:
        kind, truth = self.source.videos()[key]
        rng = generator(self.seed, f"seeing/{key}", 0, 5)
        stimulus = watched(truth.order, truth.path, truth.seconds, rng)
        return Trial(key, kind, (stimulus,), truth)


@dataclass(frozen=True)
class Joined:
    """Several sources as one; their kinds stay apart."""

    sources: tuple[Seen, ...]

    @property
    def times(self) -> str:
        return "; ".join(source.times for source in self.sources)

    def names(self) -> Sequence[str]:
        return [f"{i}:{name}" for i, one in enumerate(self.sources) for name in one.names()]

    def trial(self, key: str) -> Trial:
        number, _, name = key.partition(":")
        return self.sources[int(number)].trial(name)
