"""The tools of the desktop, and what of them lives as long as it does: MCP servers and timers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from engine.background import tool_keys
from engine.background.approval import Asker, Nobody
from engine.background.mcp_servers import McpServers
from engine.background.outfit import Means, Outfit, outfit
from engine.background.phrase import of_error
from engine.background.places import Places
from engine.background.readonly import ReadOnly
from engine.background.surroundings import Surroundings
from engine.background.told import Rang
from engine.background.tool import Toolbelt, ToolError
from engine.background.tools.cards import Screen
from engine.background.tools.clipboard import Clipboard
from engine.background.tools.hands import Hands
from engine.background.tools.timers import ring_forever


@dataclass(frozen=True)
class Equipment:
    """outfit: None where only clock and calculator are at hand. missing: why that is so."""

    outfit: Outfit | None = None
    missing: str = ""

    @property
    def belt(self) -> Toolbelt:
        return self.outfit.belt if self.outfit is not None else ReadOnly()

    async def keep(self, rang: Callable[[Rang], None]) -> None:
        """Until it is cancelled. rang: told what a timer or a reminder was for."""
        if self.outfit is None:
            return
        servers = self.outfit.servers
        starting = asyncio.ensure_future(_started(servers))
        try:
            await ring_forever(self.outfit.alarms, lambda one: rang(Rang(one.id, one.text)))
        finally:
            starting.cancel()
            await servers.close()


def equip(
    asker: Asker | None = None,
    cards: Screen | None = None,
    clipboard: Clipboard | None = None,
    hands: Hands | None = None,
) -> Callable[[Surroundings], Equipment]:
    """All of the user's tools. asker: who shows what needs approval; with none it is refused.

    cards: where a mind may show some. What is not lent, nobody has tools for.
    """

    def with_eyes(around: Surroundings) -> Equipment:
        try:
            means = Means(
                asker or Nobody(), clipboard, around.look, hands, cards=cards, key=tool_keys.read
            )
            return Equipment(outfit(Places.of_the_user(), means))
        except ToolError as error:
            return Equipment(missing=of_error(error))

    return with_eyes


async def _started(servers: McpServers) -> None:
    """A damaged list of servers costs the servers, not the timers."""
    with suppress(ToolError):
        await servers.start()
