"""A WebSocket to a server of any protocol, and honest words when there is none."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, InvalidURI, WebSocketException

# At DEBUG the library logs what frames contain; conversations stay out of logs.
_socket_log = logging.getLogger("aside.socket")
_socket_log.setLevel(logging.WARNING)
MAX_FRAME_BYTES = 64 << 20


class Unreachable(Exception):
    """No session could be had. The message says why and what to do. final: no use trying again."""

    def __init__(self, message: str, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


@dataclass(frozen=True)
class Address:
    """Where an engine answers. url: ws:// or wss:// up to the version, as in .../v1.

    token: "" where none is needed. certificate: a PEM file that is trusted besides the
    system's, for servers that signed their own.
    """

    url: str
    token: str
    certificate: Path | None = None

    def __repr__(self) -> str:
        return f"Address({self.url!r})"


@dataclass(frozen=True)
class Timing:
    """start_s: how long a session may take to begin. heartbeat_s: a ping goes out so often;
    limit_s: an answer later than this counts as lost."""

    start_s: float = 10.0
    heartbeat_s: float = 2.0
    limit_s: float = 6.0


AS_USUAL = Timing()


async def open_socket(
    address: Address, url: str, timing: Timing, headers: Mapping[str, str] | None = None
) -> ClientConnection:
    """Connects to `url`, which lies under `address`. Raises Unreachable."""
    where = address.url
    try:
        return await connect(
            url,
            additional_headers={**_authorization(address), **(headers or {})},
            ping_interval=timing.heartbeat_s,
            ping_timeout=timing.limit_s,
            close_timeout=1,
            compression=None,
            max_size=MAX_FRAME_BYTES,
            proxy=None if url.startswith("ws:") else True,
            ssl=_trust(address) if url.startswith("wss:") else None,
            logger=_socket_log,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        if status in (401, 403):
            raise Unreachable(f"{where} refused the token ({status})", final=True) from None
        if status == 410:
            raise Unreachable(f"{where} has closed that session", final=True) from None
        raise Unreachable(f"{where} answered {status}") from None
    except InvalidURI:
        raise Unreachable(f"{where} is no address: it needs ws:// or wss://", final=True) from None
    except ssl.SSLCertVerificationError as error:
        message = f"the certificate of {where} is not to be trusted: {error.verify_message}"
        raise Unreachable(message, final=True) from None
    except (OSError, WebSocketException) as error:
        raise Unreachable(f"{where} cannot be reached: {error}") from None


def _authorization(address: Address) -> dict[str, str]:
    return {"Authorization": f"Bearer {address.token}"} if address.token else {}


def _trust(address: Address) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if address.certificate is not None:
        try:
            context.load_verify_locations(cafile=address.certificate)
        except (OSError, ssl.SSLError) as error:
            message = f"the certificate {address.certificate} cannot be read: {error}"
            raise Unreachable(message, final=True) from None
    return context
