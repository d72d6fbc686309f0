"""The readable text of an HTML page: headings, paragraphs, lists and links, and nothing unseen."""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNREAD = frozenset("script style noscript template svg iframe object head nav footer form".split())
BREAKS = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 section article main pre blockquote dd dt".split()
)
VOID = frozenset("br img hr input meta link area base col embed source track wbr".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE
)


def page_text(html: str) -> tuple[str, str]:
    """(title, text). Works in one pass over `html`, whatever it holds."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.written).splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return " ".join("".join(reader.title).split())[:200], text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.title: list[str] = []
        self._unread: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag not in VOID and (self._unread or tag in UNREAD or _hidden(attrs)):
            self._unread.append(tag)
        if tag in BREAKS:
            self.written.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._unread[-40:]:
            while self._unread and self._unread.pop() != tag:
                pass
        if tag in BREAKS:
            self.written.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._unread:
            self.written.append(data)


def _hidden(attrs: list[tuple[str, str | None]]) -> bool:
    given = {name: value or "" for name, value in attrs}
    if "hidden" in given or given.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(given.get("style", "")))
