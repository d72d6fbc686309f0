"""What can go wrong while setting up, told so that a person knows what to do."""

from __future__ import annotations

import re
from pathlib import Path

MIB = 1 << 20


class SetUpError(Exception):
    """The set-up cannot go on. The message says what happened, to what, and what to do now."""


_NO_SPACE = re.compile(
    r"No space left on device|enough free space|Disk quota exceeded|Errno 28\b|Errno 122\b"
)
_NO_NETWORK = re.compile(
    r"Failed to establish a new connection|Temporary failure in name resolution|getaddrinfo failed"
    r"|Network is unreachable|Max retries exceeded|NewConnectionError|ConnectTimeout|ProxyError"
    r"|Could not resolve|Failed to fetch|Connection (refused|timed out|reset)"
)
_REMOVES = re.compile(r"need to be removed but remove is disabled")
_BAD_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError|certificate verify failed")
_BAD_HASH = re.compile(r"DO NOT MATCH THE HASHES")


def explain(what: str, output: str, log: Path | None = None, again: str = "python3 run.py") -> str:
    """A readable reason for the failure of `what`, from what its command printed.

    `again`: what to type once the reason is gone.
    """
    if _NO_SPACE.search(output):
        reason = "the disk is full. Make room (the folder of Aside, its cache and /tmp all count)"
    elif _BAD_HASH.search(output):
        reason = "a downloaded package is not the one that was locked. Do not install it by hand"
    elif _REMOVES.search(output):
        reason = (
            "it would remove other packages of this system, which Aside does not do. To see which: "
            "apt-get install --simulate, and the packages' names"
        )
    elif _BAD_CERTIFICATE.search(output):
        reason = (
            "something between here and the package servers shows a certificate of its own. Tell "
            "pip to trust it (pip config set global.cert FILE), or use another network"
        )
    elif _NO_NETWORK.search(output):
        reason = "there is no connection to the package servers. Check the network"
    else:
        reason = "\n  " + "\n  ".join(output.strip().splitlines()[-4:])
    tail = f"\nEverything it printed: {log}" if log else ""
    return f"{what} did not work: {reason}\nThen start again: {again}{tail}"
