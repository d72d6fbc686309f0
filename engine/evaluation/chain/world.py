"""What the tools meet in a scene: a small world of its own, without a network, in stream time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.background.act_log import ActLog
from engine.background.approval import Answer, Approver, By, Choice, Question
from engine.background.belt import Belt
from engine.background.grants import Grants
from engine.background.outfit import Means, outfit
from engine.background.places import Places
from engine.background.tool import Tool, ToolError
from engine.background.tools.fetching import Fetcher
from engine.background.tools.instants import Clocks
from engine.background.tools.looking import LookAtScreen, Source
from engine.background.tools.searching import Found
from engine.background.tools.territory import Territory
from engine.background.tools.web import SearchWeb
from engine.evaluation.chain.due import Due
from engine.microturn import Frame
from engine.training.scenes.tool_phrases import APPLICATIONS

BEGAN_S = 1_800_000_000.0  # Unix time at which every scene begins


@dataclass(frozen=True)
class World:
    """finding: what there is to be found, on the screen and by a search. due: what the user wants,
    and presses yes for on the card that shows it; anything else is refused."""

    folder: Path
    finding: str
    due: Sequence[Due]
    now_s: Callable[[], float]

    def belt(self) -> Belt:
        """The built-in tools."""
        places = Places.under(self.folder)
        clocks = Clocks(lambda: BEGAN_S + self.now_s(), self.now_s, lambda: "scene")
        means = Means(
            look=_look, launcher=self, territory=Territory((self.folder,)),
            fetcher=Fetcher(_nowhere), clocks=clocks,
        )  # fmt: skip
        tools = [self._wired(tool) for tool in outfit(places, means).belt.tools()]
        grants = Grants(places.config / "approvals.json")
        return Belt(tools, Approver(grants, self), ActLog(places.state / "acts.jsonl"))

    def _wired(self, tool: Tool) -> Tool:
        if isinstance(tool, SearchWeb):
            return SearchWeb(lambda: _Shelf(self.finding))
        return replace(tool, read=self._read) if isinstance(tool, LookAtScreen) else tool

    async def _read(self, _picture: bytes) -> str:
        return self.finding

    async def ask(self, question: Question) -> Answer:
        """The user, at the card."""
        asked = (question.tool, dict(question.arguments))
        wanted = any((one.tool, dict(one.arguments)) == asked for one in self.due)
        return Answer(question.id, Choice.ONCE if wanted else Choice.NO, By.CLICK)

    async def open(self, target: str) -> None:
        """Nothing of the machine is opened."""

    def applications(self) -> dict[str, str]:
        return {name: name for name in APPLICATIONS}

    def of_kind(self, kind: str) -> list[str]:
        return []

    async def start(self, application: str) -> None:
        """Nothing of the machine is started."""


@dataclass(frozen=True)
class _Shelf:
    """A search provider that finds one thing."""

    finding: str
    place = "the search"

    async def search(self, query: str) -> list[Found]:
        return [Found(self.finding, "", "")]


def _look(source: Source) -> Frame:
    return Frame(source, np.zeros((36, 64, 3), np.uint8))


def _nowhere(host: str, port: int) -> str:
    raise ToolError("There is no network here.")
