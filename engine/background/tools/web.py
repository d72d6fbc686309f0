"""Search and pages. Nothing here reaches out before the user approved it, site by site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.addresses import web_address, written
from engine.background.tools.fetching import Fetcher
from engine.background.tools.page_text import page_text
from engine.background.tools.parameters import closed, text
from engine.background.tools.searching import Found, Searcher
from engine.background.visible import clipped, quoted, visible

MAX_TEXT = 24_000


@dataclass(frozen=True)
class ReadPage:
    fetcher: Fetcher

    name = "read_page"
    sentence = "Reads a web page."
    risk = Risk.OUTSIDE
    parameters = closed(("address",), address=text("beginning with https://", 2000))

    def preview(self, arguments: Arguments) -> str:
        address = written(web_address(arguments["address"]))
        return phrase("Read the web page {address}", address=address)

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        """The site: what an address says of us goes to its site and to nobody else."""
        address = web_address(arguments["address"])
        return address.netloc, phrase("reading pages of {site}", site=address.netloc)

    async def run(self, arguments: Arguments) -> ToolResult:
        page = await self.fetcher.get(arguments["address"])
        title, said = page_text(page.text) if "html" in page.kind else ("", page.text)
        heading = f"The page {page.address}" + (f" ({title})" if title else "")
        text = quoted(heading, clipped(said, MAX_TEXT))
        return ToolResult(text, spoken=phrase(sentences.PAGE_READ))


@dataclass(frozen=True)
class SearchWeb:
    """searcher: as it is chosen now; without one the tool says what to do."""

    searcher: Callable[[], Searcher | None]

    name = "search_web"
    sentence = "Searches the web."
    risk = Risk.OUTSIDE
    parameters = closed(("query",), query=text("a few words", 300))

    def preview(self, arguments: Arguments) -> str:
        place = self._searcher().place
        return phrase("Send to {place}: {query}", place=place, query=arguments["query"])

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        place = self._searcher().place
        return place, phrase("every search with {place}", place=place)

    async def run(self, arguments: Arguments) -> ToolResult:
        found = await self._searcher().search(arguments["query"])
        if not found:
            return ToolResult(phrase(sentences.NOTHING_FOUND))
        text = quoted(self._searcher().place, "\n".join(map(_lines, found)))
        counted = sentences.ONE_FOUND if len(found) == 1 else sentences.FOUND
        return ToolResult(text, spoken=phrase(counted, count=len(found)))

    def _searcher(self) -> Searcher:
        chosen = self.searcher()
        if chosen is None:
            raise ToolError(phrase(sentences.NO_PROVIDER))
        return chosen


def _lines(found: Found) -> str:
    return f"{visible(found.title)}\n  {visible(found.address)}\n  {visible(found.excerpt)}"


def tools(fetcher: Fetcher, searcher: Callable[[], Searcher | None]) -> tuple[Tool, ...]:
    return (SearchWeb(searcher), ReadPage(fetcher))
