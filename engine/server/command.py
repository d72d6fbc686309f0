"""`aside serve`: the engine as a server, for the app, for other machines, for other clients."""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
import logging
import os
import ssl
import sys
from collections.abc import Sequence

from engine.microturn import Engine
from engine.server import options
from engine.server.journal import Journals
from engine.server.life import allow_many_files, die_with, leave, until_stopped
from engine.server.options import Load
from engine.server.settings import Settings

WRONG_USAGE = 2


def main(argv: Sequence[str]) -> int:
    """Serves until interrupted. 0 after a clean stop, 1 when it could not start, 2 for options that
    cannot be."""
    return run(argv, options.loader(options.read(argv)))


def run(argv: Sequence[str], load: Load) -> int:
    """`main` with another way to load an engine."""
    args = options.read(argv)
    logging.basicConfig(
        level=logging.WARNING if args.quiet else logging.INFO,
        format="%(asctime)s %(message)s",
        stream=sys.stderr,
    )
    wrong = _wrong(args)
    if wrong:
        return _failed(wrong, args.json, WRONG_USAGE)
    settings = options.settings(args)
    try:
        if settings.journal is not None:
            Journals(settings.journal)
    except OSError as error:
        trouble = f"The journal cannot lie at {settings.journal}: {error.strerror or error}"
        return _failed(f"{trouble}; give a folder that can be written to", args.json)
    if args.with_parent:
        die_with(sys.stdin.buffer)
    if args.ray:
        return _on_ray(load, settings, args)
    try:
        engine = load(args.model)
    except Exception as error:  # whatever a checkpoint can do to a loader, the user reads why
        return _failed(f"The engine could not be loaded: {error}", args.json)
    try:
        asyncio.run(_serve(engine, settings, args))
    except OSError as error:
        where = f"{args.host}:{args.port}"
        return _failed(f"Cannot listen on {where}: {error.strerror or error}", args.json)
    except KeyboardInterrupt:
        pass
    return 0


def _wrong(args: argparse.Namespace) -> str | None:
    """Options that do not go together, or with this machine: what, and what to do."""
    if args.tls_key and not args.tls_certificate:
        return "A key alone encrypts nothing; give --tls-certificate too"
    if not (_loopback(args.host) or args.tls_certificate or args.insecure):
        return (
            f"{args.host} is reachable from other machines and the connection would not be "
            "encrypted; give --tls-certificate and --tls-key, or --insecure if you mean it"
        )
    if args.ray and args.rest:
        return "--rest is for one process: replicas keep their sessions in the --journal"
    if args.ray and not args.journal:
        return (
            "Replicas hand sessions over through a folder; give --journal DIR, on a disk that "
            "every machine of the cluster reaches"
        )
    return _bad_certificate(args) if args.tls_certificate else None


def _bad_certificate(args: argparse.Namespace) -> str | None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(args.tls_certificate, args.tls_key)
    except ssl.SSLError as error:
        why = error.reason or str(error)
    except OSError as error:
        why = error.strerror or str(error)
    else:
        return None
    files = " and ".join(str(one) for one in (args.tls_certificate, args.tls_key) if one)
    return (
        f"TLS cannot be had with {files}: {why}; give a PEM certificate chain, and the PEM "
        "private key that belongs to it unless it is in the same file"
    )


def _on_ray(load: Load, settings: Settings, args: argparse.Namespace) -> int:
    try:
        from engine.server.replicas.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        return _failed("Ray is not installed: pip install 'aside[ray]'", args.json)
    try:
        with Cluster(load, settings, args) as cluster:
            where = cluster.url, cluster.port
            name = "1 replica" if args.replicas == 1 else f"{args.replicas} replicas"
            _announce(where, name, "",
                      None if args.token else settings.token, args.json)  # fmt: skip
            asyncio.run(until_stopped())
    except (RuntimeError, OSError) as error:
        logs = "its own logs are under /tmp/ray/session_latest/logs"
        return _failed(f"Ray Serve could not start: {error}; {logs}", args.json)
    except KeyboardInterrupt:
        pass
    return 0


async def _serve(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    from engine.server.server import Server

    allow_many_files()
    async with Server(engine, settings) as server:
        await server.hall.measure()
        computes = getattr(engine, "computes", "")
        where = server.url, server.port
        _announce(where, engine.name, computes, None if args.token else settings.token, args.json)
        await until_stopped()
    if server.sessions:
        leave(0)


def _announce(
    where: tuple[str, int], name: str, computes: str, token: str | None, as_json: bool
) -> None:
    """where: address and port. computes: what on, or "" where that is not one place."""
    url, port = where
    if as_json:
        ready = {"event": "ready", "url": url, "port": port, "pid": os.getpid(),
                 "engine": name, "computes": computes}  # fmt: skip
        print(json.dumps(ready | ({"token": token} if token else {})), flush=True)
        return
    how = f" ({computes})" if computes else ""
    print(f"{name}{how} serves at {url}/live/sessions and {url}/realtime")
    if token:
        print(f"Token of this launch: {token}")
    print("Stop it with Ctrl-C.", flush=True)


def _failed(message: str, as_json: bool, status: int = 1) -> int:
    if as_json:
        print(json.dumps({"event": "failed", "message": message}), flush=True)
    print(message, file=sys.stderr)
    return status


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
