"""`aside models add`: a model behind an address, and where its key is."""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import json
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from engine.client.models import choice, keys
from engine.client.models.choice import NoModel, Remote
from engine.client.models.known import Known, find_known


def main(options: argparse.Namespace) -> int:
    """0 when it is added. Raises NoModel, keys.NoKey, OSError; then nothing was kept."""
    remote = _remote(options, _known(options))
    _check(remote, options.unencrypted)
    choices = choice.load().with_remote(remote)
    if options.key:
        keys.keep(remote.name, _ask(remote.name))
    choice.save(replace(choices, selected=remote.name) if options.select else choices)
    told = {"added": remote.name, "selected": options.select, "url": remote.url}
    print(json.dumps(told) if options.json else _words(remote, options.select))
    return 0


def _known(options: argparse.Namespace) -> Known | None:
    if options.known and find_known(options.known) is None:
        raise NoModel(f"there is no known model {options.known!r}: aside models known")
    return find_known(options.known or options.name)


def _remote(options: argparse.Namespace, model: Known | None) -> Remote:
    protocol = options.protocol or (model.protocol if model else "")
    url = options.url or (model.url if model else "")
    if not protocol or not url:
        missing = "--protocol" if not protocol else "--url"
        raise NoModel(f"{options.name} needs {missing}: where and how does its server answer?")
    return Remote(
        options.name,
        protocol,
        url,
        options.model or (model.model if model else ""),
        _reference(options, model),
        options.instructions or "",
        options.certificate or "",
        {**(model.options if model else {}), **dict(map(_option, options.option))},
    )


def _reference(options: argparse.Namespace, model: Known | None) -> str:
    if options.key:
        return "store"
    if options.key_env:
        return f"env:{options.key_env}"
    # A known service's variable goes to that service alone, never to an address given instead.
    return model.key if model and not options.url else ""


def _check(remote: Remote, unencrypted: bool) -> None:
    parts = urlsplit(remote.url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise NoModel(f"{remote.url} is no address: it needs ws:// or wss://")
    if parts.username or parts.password:
        raise NoModel("a key does not belong into an address: use --key or --key-env")
    if parts.scheme == "ws" and not _is_loopback(parts.hostname) and not unencrypted:
        raise NoModel(
            f"everybody between here and {parts.hostname} could listen: use wss://, "
            "or say --unencrypted"
        )
    if any(name == remote.name for name in ("nano", "")):
        raise NoModel(f"{remote.name!r} is the name of the model that came with Aside")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _option(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise NoModel(f"--option {text} is no NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _ask(name: str) -> str:
    """The key, typed unseen or through a pipe; never from the command line, which others see."""
    typed = sys.stdin.isatty()
    key = getpass.getpass(f"key of {name}: ") if typed else sys.stdin.readline()
    if not key.strip():
        raise keys.NoKey(f"no key was given for {name}")
    return key.strip()


def _words(remote: Remote, selected: bool) -> str:
    then = "and selected" if selected else f"; use it with: aside models select {remote.name}"
    return f"{remote.name} is added{' ' if selected else ''}{then}"
