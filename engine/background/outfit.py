"""All of a user's tools put together: the built-in ones, their MCP servers', and who is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.background.act_log import ActLog
from engine.background.approval import Approver, Asker, Nobody
from engine.background.belt import Belt
from engine.background.grants import Grants
from engine.background.mcp_servers import McpServers
from engine.background.places import Places
from engine.background.tool import Tool
from engine.background.tool_settings import search, settings
from engine.background.tools import (
    calculator,
    cards,
    clipboard,
    clock,
    command,
    files,
    hands,
    looking,
    notes,
    opening,
    plan,
    timers,
    web,
)
from engine.background.tools.alarms import Alarms
from engine.background.tools.fetching import Fetcher
from engine.background.tools.instants import Clocks
from engine.background.tools.launching import Launcher, launcher
from engine.background.tools.searching import Searcher, searcher
from engine.background.tools.territory import Territory


def _no_key(name: str) -> str | None:
    return None


@dataclass(frozen=True)
class Means:
    """What the app lends. A tool whose means are None is not there.

    key: the name of a secret -> the secret, from the platform's key store.
    """

    asker: Asker = field(default_factory=Nobody)
    clipboard: clipboard.Clipboard | None = None
    look: looking.Look | None = None
    hands: hands.Hands | None = None
    cards: cards.Screen | None = None
    launcher: Launcher = field(default_factory=launcher)
    territory: Territory = field(default_factory=Territory.of_the_user)
    fetcher: Fetcher = field(default_factory=Fetcher)
    clocks: Clocks = field(default_factory=Clocks)
    key: Callable[[str], str | None] = _no_key


@dataclass(frozen=True)
class Outfit:
    """belt: to use; alarms: to be rung (timers.ring_forever); servers: to start and to close;
    places: where all of it lies."""

    belt: Belt
    alarms: Alarms
    servers: McpServers
    places: Places


def outfit(places: Places, means: Means | None = None) -> Outfit:
    """Raises ToolError when the settings cannot be read."""
    means = means or Means()
    commands = settings(places).get("commands") is True
    alarms = timers.alarms_in(places.data, means.clocks)
    servers = McpServers(places.config / "mcp.json", places.state / "mcp")
    approver = Approver(Grants(places.config / "approvals.json"), means.asker)
    own = (
        *_plain(places, means, alarms),
        *_reaching(means, places),
        *_lent(means),
        *(command.tools(places.data / "commands") if commands else ()),
    )
    log = ActLog(places.state / "acts.jsonl")
    return Outfit(Belt(own, approver, log, servers.tools), alarms, servers, places)


def _plain(places: Places, means: Means, alarms: Alarms) -> tuple[Tool, ...]:
    """What needs nothing but this machine."""
    return (
        *clock.tools(means.clocks),
        *timers.tools(alarms, means.clocks),
        *calculator.tools(),
        *plan.tools(),
        *notes.tools(places.data / "notes"),
        *files.tools(means.territory),
        *opening.tools(means.launcher, means.territory),
    )


def _reaching(means: Means, places: Places) -> tuple[Tool, ...]:
    """Who is asked to search is looked up at each search: what was chosen meanwhile counts."""

    def chosen() -> Searcher | None:
        return searcher(search(places), means.key)

    return web.tools(means.fetcher, chosen)


def _lent(means: Means) -> tuple[Tool, ...]:
    """What needs the desktop's help."""
    return (
        *(clipboard.tools(means.clipboard) if means.clipboard is not None else ()),
        *(looking.tools(means.look) if means.look is not None else ()),
        *(hands.tools(means.hands) if means.hands is not None else ()),
        *(cards.tools(means.cards) if means.cards is not None else ()),
    )
