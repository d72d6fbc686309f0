"""Web addresses: which are ones, what they name, and which machines they may lead to."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit, urlunsplit

from engine.background.phrase import phrase
from engine.background.tool import ToolError

MAX_LENGTH = 2_000
_ALLOWED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
)


def web_address(given: str) -> SplitResult:
    """An http(s) address in plain letters, with its host as the wire has it. Raises ToolError.

    No user name in front of the host, which people read as the host; no letters that look like
    other letters: a foreign name is shown and asked for in its ASCII form.
    """
    try:
        parts = urlsplit(given.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:
        raise ToolError(phrase("That is no web address.")) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise ToolError(phrase("That is no web address: it begins with https:// and a name."))
    if any(letter <= " " for letter in given.strip()):
        raise ToolError(phrase("That web address holds a space or a line break."))
    if len(given) > MAX_LENGTH or not set(parts.path + parts.query + parts.fragment) <= _ALLOWED:
        raise ToolError(
            phrase("That web address is too long or holds letters that addresses do not.")
        )
    place = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=place if port is None else f"{place}:{port}")


def written(address: SplitResult) -> str:
    return urlunsplit(address)


def public_ip(host: str, port: int) -> str:
    """An address on the internet that `host` stands for. Raises ToolError for any other.

    Every address it stands for has to be public: routers, printers and programs on this machine
    believe whoever reaches them.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ToolError(
            phrase("{host} is not known, or there is no network now.", host=host)
        ) from error
    ips = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not ips or not all(_public(ip) for ip in ips):
        raise ToolError(
            phrase(
                "{host} is on this machine or in this house; pages there are not read.", host=host
            )
        )
    return str(ips[0])


def _public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is not None and not _public(inner):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)
