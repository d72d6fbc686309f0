"""What a status other than 200 means, in a sentence and in what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from engine.background.endpoint import Endpoint
from engine.background.faults import Fault, MindError
from engine.background.phrase import phrase

BUSY = (429, 503, 529)
BROKEN = (500, 502, 504)
TELLING = 300


def refusal(
    endpoint: Endpoint, status: int, headers: Mapping[str, str], content: bytes
) -> MindError:
    """The error for an answer with `status`; its detail is what the server says about it."""
    name, detail = endpoint.name, _said(content)
    if status in (401, 403):
        message = phrase("{name} did not accept the key; enter it again, in the settings or with "
                         "aside mind use --key.", name=name)  # fmt: skip
        return MindError(Fault.SHUT, message, detail=detail)
    if status in BUSY:
        wait_s = retry_after_s(headers.get("retry-after", ""))
        message = phrase("{name} is too busy to answer now; try again later.", name=name)
        return MindError(Fault.BUSY, message, wait_s, detail)
    if status in BROKEN:
        message = phrase("{name} failed inside and gave no answer.", name=name)
        return MindError(Fault.FAILED, message, retry_s=0.0, detail=detail)
    if status == 404:
        message = phrase("{name} does not know the model {model}.", name=name,
                         model=endpoint.model)  # fmt: skip
        return MindError(Fault.REFUSED, message, detail=detail)
    if 300 <= status < 400:
        message = phrase("{name} sends me elsewhere; put the address it names into the settings.",
                         name=name)  # fmt: skip
        return MindError(Fault.REFUSED, message, detail=headers.get("location", ""))
    message = phrase("{name} did not take my question, status {status}.", name=name, status=status)
    return MindError(Fault.REFUSED, message, detail=detail)


def retry_after_s(value: str) -> float:
    """Seconds, or the seconds until a date (RFC 9110, 10.2.3); 0 where there is neither."""
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo else 0.0


def _said(content: bytes) -> str:
    text = content[:65_536].decode("utf-8", "replace")
    try:
        error = json.loads(text)["error"]
        text = error["message"] if isinstance(error, dict) else str(error)
    except (ValueError, TypeError, KeyError):
        pass
    return " ".join(str(text).split())[:TELLING]
