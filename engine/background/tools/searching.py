"""Search providers: where a query is sent is chosen by the user, and none is chosen by default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from engine.background.phrase import phrase
from engine.background.tool import ToolError

WITHIN_S = 15.0
MAX_BYTES = 2 << 20
MAX_FOUND = 10
EXAMPLE = "http://localhost:8888"


@dataclass(frozen=True)
class Found:
    title: str
    address: str
    excerpt: str


class Searcher(Protocol):
    """place: who gets the query, in words for people."""

    @property
    def place(self) -> str: ...

    async def search(self, query: str) -> list[Found]:
        """Raises ToolError."""
        ...


@dataclass(frozen=True)
class Searxng:
    """A SearXNG server, such as one's own. Its JSON format has to be switched on there."""

    address: str
    transport: httpx2.AsyncBaseTransport | None = None

    @property
    def place(self) -> str:
        return urlsplit(self.address).netloc

    async def search(self, query: str) -> list[Found]:
        url = f"{self.address.rstrip('/')}/search"
        answer = await _json(url, {"q": query, "format": "json"}, {}, self.transport)
        return _found(answer, ("results",), "content")


@dataclass(frozen=True)
class Brave:
    """Brave's search API. key: asked for at each search, so that it lies in no memory of ours."""

    key: Callable[[], str | None]
    address: str = "https://api.search.brave.com"
    transport: httpx2.AsyncBaseTransport | None = None

    @property
    def place(self) -> str:
        return urlsplit(self.address).netloc

    async def search(self, query: str) -> list[Found]:
        key = self.key()
        if not key:
            raise ToolError(
                phrase("Brave Search needs a key: enter it in the settings, under Tools.")
            )
        url = f"{self.address}/res/v1/web/search"
        headers = {"X-Subscription-Token": key}
        answer = await _json(url, {"q": query, "count": MAX_FOUND}, headers, self.transport)
        return _found(answer, ("web", "results"), "description")


def searcher(settings: Mapping[str, Any], key: Callable[[str], str | None]) -> Searcher | None:
    """settings: {"kind": "searxng", "address": …} or {"kind": "brave"}; empty for none.

    key: name -> secret, from the platform's key store. Raises ToolError for other settings.
    """
    match settings:
        case {"kind": "searxng", "address": str(address)} if _is_address(address):
            return Searxng(address)
        case {"kind": "searxng"}:
            raise ToolError(phrase("Give the server's address, such as http://localhost:8888."))
        case {"kind": "brave"}:
            return Brave(lambda: key("search.brave"))
        case {} if not settings:
            return None
    raise ToolError(
        phrase("The search provider is set up in a way that is not known: see Settings.")
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


async def _json(
    url: str, params: dict[str, Any], headers: dict[str, str], transport: Any
) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(
            transport=transport, timeout=WITHIN_S, trust_env=False
        ) as web:
            async with web.stream("GET", url, params=params, headers=headers) as response:
                data = await _bounded(response)
            if response.status_code != 200:
                raise ToolError(
                    phrase(
                        "The search provider refused (status {status}).",
                        status=response.status_code,
                    )
                )
            answer = httpx2.Response(200, content=data).json()
            return answer if isinstance(answer, dict) else {}
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
        raise ToolError(phrase("The search provider did not answer as it should.")) from error


async def _bounded(response: httpx2.Response) -> bytes:
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > MAX_BYTES:
            raise ToolError(phrase("The search provider answered with too much."))
    return bytes(data)


def _found(answer: Any, path: tuple[str, ...], excerpt: str) -> list[Found]:
    for step in path:
        answer = answer.get(step) if isinstance(answer, dict) else None
    items = [item for item in answer or [] if isinstance(item, dict)]
    return [
        Found(
            str(item.get("title", ""))[:200],
            str(item.get("url", ""))[:500],
            str(item.get(excerpt, ""))[:500],
        )
        for item in items[:MAX_FOUND]
    ]
