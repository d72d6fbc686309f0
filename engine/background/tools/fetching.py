"""Getting one page from the web: from a public machine, bounded, following nobody elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin

import httpx2

from engine.background import progress
from engine.background.phrase import phrase
from engine.background.tool import ToolError
from engine.background.tools.addresses import public_ip, web_address, written

MAX_BYTES = 2 << 20
MAX_HOPS = 4
WITHIN_S = 20.0
AGENT = "Aside/0.1 (reads one page for its user)"
_TEXT = ("text/html", "text/plain", "application/xhtml+xml", "application/json", "text/markdown")


@dataclass(frozen=True)
class Page:
    """address: where it lay in the end. kind: its media type, without parameters."""

    address: str
    kind: str
    text: str


class Fetcher:
    """reach: name and port -> the address to connect to. Raises ToolError for what it refuses."""

    def __init__(
        self,
        reach: Callable[[str, int], str] = public_ip,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._reach = reach
        self._transport = transport

    async def get(self, given: str) -> Page:
        """One page. A redirect within the site is followed; one to elsewhere is an error."""
        address = web_address(given)
        site = _site(address)
        async with httpx2.AsyncClient(
            transport=self._transport, timeout=WITHIN_S, trust_env=False, follow_redirects=False
        ) as client:
            for _ in range(MAX_HOPS):
                got = await self._once(client, address)
                if isinstance(got, Page):
                    return got
                address = web_address(got)
                if _site(address) != site:
                    raise ToolError(
                        phrase(
                            "That page leads on to {address}: ask for it there.",
                            address=written(address),
                        )
                    )
        raise ToolError(phrase("That page sends its readers round in circles."))

    async def _once(self, client: httpx2.AsyncClient, address: SplitResult) -> Page | str:
        """A page, or the address that it sends to."""
        try:
            async with asyncio.timeout(WITHIN_S):
                return await self._asked(client, address)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise ToolError(
                phrase("{name} did not answer as it should.", name=address.hostname)
            ) from error

    async def _asked(self, client: httpx2.AsyncClient, address: SplitResult) -> Page | str:
        """Connects to the very address that was found public: its name is not looked up again."""
        host = address.hostname or ""
        port = address.port or (443 if address.scheme == "https" else 80)
        ip = await asyncio.to_thread(self._reach, host, port)
        place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
        url = written(address._replace(netloc=place, fragment=""))
        headers = {"Host": address.netloc, "User-Agent": AGENT, "Accept": ", ".join(_TEXT)}
        asked = client.stream("GET", url, headers=headers, extensions={"sni_hostname": host})
        async with asked as response:
            if response.is_redirect:
                return urljoin(written(address), response.headers.get("location", ""))
            return await _read(response, written(address))


async def _read(response: httpx2.Response, address: str) -> Page:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if response.status_code != 200:
        raise ToolError(
            phrase(
                "There is no such page, or not for us (status {status}).",
                status=response.status_code,
            )
        )
    if kind not in _TEXT:
        raise ToolError(phrase("That is no page to read ({kind}).", kind=kind or "?"))
    data, length = bytearray(), _length(response)
    async for chunk in response.aiter_bytes():
        data += chunk
        if length:
            progress.tell(min(1.0, response.num_bytes_downloaded / length))
        if len(data) > MAX_BYTES:
            break
    encoding = response.charset_encoding or "utf-8"
    try:
        return Page(address, kind, bytes(data[:MAX_BYTES]).decode(encoding, errors="replace"))
    except LookupError:
        return Page(address, kind, bytes(data[:MAX_BYTES]).decode("utf-8", errors="replace"))


def _length(response: httpx2.Response) -> int:
    """Bytes on their way, as far as they are read; 0 where the server does not say."""
    said = response.headers.get("content-length", "")
    return min(int(said), MAX_BYTES) if said.isdecimal() else 0


def _site(address: SplitResult) -> str:
    return (address.hostname or "").removeprefix("www.")
