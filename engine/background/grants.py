"""What the user allowed or refused beyond one call: remembered, listed and taken back here.

A grant belongs to one tool as it was then: a tool that changes its description, its schema or its
risk has to ask anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.background.disk import DAMAGED, read_json, write_json
from engine.background.phrase import phrase, put_together, taken_apart
from engine.background.tool import Tool, ToolError

_log = logging.getLogger(__name__)
MAX_GRANTS = 500


@dataclass(frozen=True)
class Grant:
    """allow: or refuse. scope: what it covers of the tool, "" for all. given_s: Unix time."""

    id: str
    tool: str
    scope: str
    words: str
    fingerprint: str
    allow: bool
    lasting: bool
    given_s: float


def fingerprint(tool: Tool) -> str:
    """Of what a person approved when they approved the tool."""
    shown = [tool.name, tool.sentence, str(tool.risk), dict(tool.parameters)]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()[:32]


class Grants:
    """The grants of this session and those on disk at `path`.

    A file that cannot be read allows nothing: every call asks again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session: list[Grant] = []

    def all(self) -> tuple[Grant, ...]:
        return (*self._session, *self._lasting())

    def about(self, tool: Tool, scope: str) -> Grant | None:
        """The grant that settles a call; a refusal goes before any leave."""
        mark = fingerprint(tool)
        fitting = [grant for grant in self.all() if grant.tool == tool.name]
        for grant in fitting:
            if not grant.allow and grant.scope in ("", scope):
                return grant
        for grant in fitting:
            if grant.allow and grant.scope == scope and grant.fingerprint == mark:
                return grant
        return None

    def give(self, tool: Tool, scope: str, words: str, *, allow: bool, lasting: bool) -> Grant:
        """Remembers. What cannot be written lasts for this session only, and that is logged."""
        mark, now = fingerprint(tool), time.time()
        grant = Grant(secrets.token_hex(3), tool.name, scope, words, mark, allow, lasting, now)
        if lasting:
            try:
                self._write([*self._read(), grant])
                return grant
            except ToolError as error:
                _log.warning("an answer lasts for this session only: %s", error)
        grant = replace(grant, lasting=False)
        self._session = [*self._session, grant][-MAX_GRANTS:]
        return grant

    def revoke(self, grant_id: str) -> Grant:
        """Takes one back. Raises ToolError when there is none of that id."""
        for grant in self.all():
            if grant.id == grant_id:
                self._session = [other for other in self._session if other.id != grant_id]
                if grant.lasting:
                    self._write([other for other in self._read() if other.id != grant_id])
                return grant
        none = phrase("There is no approval {id}. `aside approvals` lists them.", id=grant_id)
        raise ToolError(none)

    def revoke_all(self) -> None:
        self._session = []
        self._write([])

    def _lasting(self) -> list[Grant]:
        try:
            return self._read()
        except ToolError as error:
            _log.warning("nothing is approved beforehand: %s", error)
            return []

    def _read(self) -> list[Grant]:
        value = read_json(self._path)
        if value is None:
            return []
        try:
            return [_grant(item) for item in value["grants"]]
        except (KeyError, TypeError, ValueError) as error:
            raise ToolError(phrase(DAMAGED, path=self._path)) from error

    def _write(self, grants: list[Grant]) -> None:
        write_json(self._path, {"grants": [_item(grant) for grant in grants[-MAX_GRANTS:]]})


def _item(grant: Grant) -> dict[str, Any]:
    return asdict(grant) | {"phrase": taken_apart(grant.words)}


def _grant(item: dict[str, Any]) -> Grant:
    item = dict(item)
    apart = item.pop("phrase", None)
    grant = Grant(**item)
    texts = (grant.id, grant.tool, grant.scope, grant.words, grant.fingerprint)
    if not all(isinstance(text, str) for text in texts) or not isinstance(grant.allow, bool):
        raise TypeError("a grant has fields of other types")
    return replace(grant, words=put_together(grant.words, apart), lasting=True)
