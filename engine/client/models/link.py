"""From a choice to a link: the one place where a conversation may leave this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.client.adapters.adapter import Abilities, Wishes
from engine.client.adapters.table import PROTOCOLS, Protocol
from engine.client.events import Event
from engine.client.link import REMOTE_KEEP_S, EngineLink
from engine.client.live import Address, Opening, Unreachable
from engine.client.models import keys
from engine.client.models.choice import (
    ASIDE,
    GPT_LIVE,
    Choice,
    Local,
    NoModel,
    Remote,
    choose,
)

OURS = Abilities(
    sees=True, interjects=True, tools=True, transcribes=True, resumes=True, cadence_ms=200
)
GPT_LIVE_ABILITIES = Abilities(interjects=True, tools=True, transcribes=True)
NAMES = (ASIDE, GPT_LIVE, *(protocol.name for protocol in PROTOCOLS))


def abilities(protocol: str) -> Abilities:
    """What a protocol carries at most. Raises NoModel for one that is none."""
    if protocol == ASIDE:
        return OURS
    return GPT_LIVE_ABILITIES if protocol == GPT_LIVE else _protocol(protocol).abilities


def link(on_event: Callable[[Event], None], choice: Choice) -> EngineLink:
    """Not started yet. Raises NoModel and keys.NoKey; reaches for nothing."""
    if isinstance(choice, Local):
        return EngineLink.local(on_event, choice.path)
    address = _address(choice)
    if choice.protocol in (ASIDE, GPT_LIVE):
        return EngineLink.remote(on_event, address, _opening(choice))
    make = _protocol(choice.protocol).make
    wishes = Wishes(choice.model, choice.instructions or None, choice.options)
    return EngineLink.foreign(on_event, address, lambda: make(wishes))


def chosen_link(on_event: Callable[[Event], None], name: str | None = None) -> EngineLink:
    """The model of this name, or the selected one. What is in the way is told as EngineFailed,
    where a window can show it; another link looks at the choice anew."""
    try:
        return link(on_event, choose(name))
    except (NoModel, keys.NoKey) as error:
        return EngineLink(_Nowhere(str(error)), on_event)


class _Nowhere:
    """The Host of a model that cannot be had."""

    pid: int | None = None

    def __init__(self, why: str) -> None:
        self._why = why

    async def reach(self) -> Address:
        raise Unreachable(self._why, final=True)

    async def let_go(self) -> str:
        return self._why

    def forget(self) -> None:
        """Nothing rests there."""


def _opening(remote: Remote) -> Opening:
    ours = remote.protocol == ASIDE
    return Opening(
        model=remote.model or "nano",
        instructions=remote.instructions or None,
        extensions=ours,
        keep_s=REMOTE_KEEP_S if ours else 0,
    )


def _address(remote: Remote) -> Address:
    certificate = Path(remote.certificate) if remote.certificate else None
    return Address(remote.url.rstrip("/"), keys.find(remote.name, remote.key), certificate)


def _protocol(name: str) -> Protocol:
    for protocol in PROTOCOLS:
        if protocol.name == name:
            return protocol
    raise NoModel(f"there is no protocol {name!r}: {', '.join(NAMES)}")
