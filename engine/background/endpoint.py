"""Where a language model answers and what it can take, as the user configured it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from engine.background.budget import Prices
from engine.background.phrase import phrase

EXAMPLE = "http://127.0.0.1:11434/v1"


@dataclass(frozen=True)
class Senses:
    """What may be shown to it besides words. acts: whether tools may be offered to it."""

    hears: bool = True
    sees: bool = True
    acts: bool = True


@dataclass(frozen=True)
class Endpoint:
    """url: up to the version, as in http://127.0.0.1:11434/v1.

    pictures: whether another machine may be sent what the user shows, as a picture or as the text
    read in one. This machine may; whether it can see is another matter (`senses`).
    first_byte_s: how long it may load and read before it answers; silence_s: how long it may
    pause while it answers. transcriber: a model for /audio/transcriptions there, "" for none.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    senses: Senses = field(default_factory=Senses)
    pictures: bool = False
    transcriber: str = ""
    prices: Prices = field(default_factory=Prices)
    connect_s: float = 5.0
    first_byte_s: float = 120.0
    silence_s: float = 30.0

    @property
    def name(self) -> str:
        """How it is called in messages."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def local(self) -> bool:
        return is_local(self.url)

    @property
    def may_be_shown(self) -> bool:
        return self.local or self.pictures


def is_local(url: str) -> bool:
    """Whether it is on this machine, so that what it is sent does not leave."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_url(url: str) -> str:
    """Without its last slash. Raises ValueError, with what to write instead."""
    parts = _parts(url.strip())
    if parts is None:
        raise ValueError(phrase("{url} is no address; write for example {example}", url=repr(url),
                                example=EXAMPLE))  # fmt: skip
    if parts.username or parts.password:
        raise ValueError(phrase("a key does not belong into the address; give it by itself"))
    if parts.scheme == "http" and not is_local(url):
        raise ValueError(
            phrase("{host} is another machine: use https, so that nobody listens",
                   host=parts.hostname)
        )  # fmt: skip
    return url.strip().rstrip("/")


def _parts(url: str) -> SplitResult | None:
    """None for what is no address of a server."""
    try:
        parts = urlsplit(url)
        usable = parts.port != 0 and not any(letter.isspace() or ord(letter) < 32 for letter in url)
    except ValueError:  # brackets that do not close, a port beyond all ports
        return None
    web = parts.scheme in ("http", "https") and parts.hostname
    return parts if usable and web and not parts.query and not parts.fragment else None
