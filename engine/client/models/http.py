"""HTTPS as downloads need it: ranges, redirects that leak no key, and no way down to HTTP."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

TIMEOUT_S = 30.0
NEXT = re.compile(r'<([^>]+)>\s*;\s*rel="next"')


class Insecure(OSError):
    """An address, or where it redirects to, is not HTTPS."""


class _Redirects(HTTPRedirectHandler):
    """Follows, but never to plain HTTP, and takes no key to another host."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        check(newurl)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        if request is not None and urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            request.headers.pop("Authorization", None)
        return request


class Fetcher:
    """Opens addresses. token: for places that ask for one; it goes to no other host."""

    def __init__(self, token: str = "", timeout_s: float = TIMEOUT_S) -> None:
        self._token, self._timeout_s = token, timeout_s
        handlers: list[Any] = [_Redirects(), HTTPSHandler(context=ssl.create_default_context())]
        self._direct = build_opener(*handlers, ProxyHandler({}))
        self._usual = build_opener(*handlers)

    def open(self, url: str, headers: Mapping[str, str] | None = None) -> HTTPResponse:
        """Raises OSError, of which HTTPError and Insecure are kinds."""
        check(url)
        request = Request(url, headers={"User-Agent": "aside", **(headers or {})})
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        opener = self._direct if _is_loopback(url) else self._usual
        response: HTTPResponse = opener.open(request, timeout=self._timeout_s)
        return response

    def text(self, url: str, limit: int) -> str:
        """The whole of a small file. Raises OSError, ValueError when it is not small."""
        return self._read(url, limit)[0]

    def page(self, url: str, limit: int) -> tuple[str, str | None]:
        """Also: where the next page is."""
        return self._read(url, limit)

    def _read(self, url: str, limit: int) -> tuple[str, str | None]:
        with self.open(url) as response:
            content = response.read(limit + 1)
            more = NEXT.search(response.headers.get("Link", ""))
        if len(content) > limit:
            raise ValueError(f"{url} is larger than {limit} bytes")
        return content.decode("utf-8"), more[1] if more else None


def check(url: str) -> None:
    """Raises Insecure. Plain HTTP is for this machine alone."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(url)):
        return
    raise Insecure(f"{parts.scheme}://{parts.netloc} is not HTTPS: nothing is downloaded from it")


def explained(error: Exception) -> str:
    """An error of the network in words."""
    if isinstance(error, HTTPError):
        if error.code in (401, 403):
            return f"{error.url} wants a key, or its licence to be accepted there ({error.code})"
        return f"{error.url} answered {error.code}"
    reason = getattr(error, "reason", None)
    return str(reason or error) or type(error).__name__


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
