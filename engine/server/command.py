"""`aside serve`: the engine as a server, for the app, for other machines, for other clients."""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.microturn import Engine
from engine.server.journal import Journals
from engine.server.life import die_with, leave, until_stopped
from engine.server.settings import Settings, new_token

Load = Callable[[Path | None], Engine]

_EXAMPLE = """\
example:
  aside serve --port 7700
  # then, with the `openai` package:
  # OpenAI(base_url="http://127.0.0.1:7700/v1", api_key=TOKEN).live.connect()
  # OpenAI(base_url="http://127.0.0.1:7700/v1", api_key=TOKEN).realtime.connect(model="nano")
"""


def main(argv: Sequence[str]) -> int:
    """Serves until interrupted. 0 after a clean stop, 2 when it could not start."""

    def load(checkpoint: Path | None) -> Engine:
        from engine import runtime

        args = _parser().parse_args(argv)
        # A place more than there are sessions: whoever leaves may hold one a moment longer.
        slots, kernels = args.max_sessions + 1, None if args.kernels else False
        how = runtime.Computing(args.backend, args.precision, args.device, slots, kernels)
        return runtime.load(checkpoint, how)

    return run(argv, load)


def run(argv: Sequence[str], load: Load) -> int:
    """`main` with another way to load an engine."""
    args = _parser().parse_args(argv)
    logging.basicConfig(
        level=logging.WARNING if args.quiet else logging.INFO,
        format="%(asctime)s %(message)s",
        stream=sys.stderr,
    )
    if not (_loopback(args.host) or args.tls_certificate or args.insecure):
        return _failed(
            f"{args.host} is reachable from other machines and the connection would not be "
            "encrypted; give --tls-certificate and --tls-key, or --insecure if you mean it",
            args.json,
        )
    settings = _settings(args)
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


def _on_ray(load: Load, settings: Settings, args: argparse.Namespace) -> int:
    if settings.journal is None:
        return _failed(
            "Replicas hand sessions over through a folder; give --journal DIR, on a disk that "
            "every machine of the cluster reaches", args.json,
        )  # fmt: skip
    try:
        from engine.server.replicas.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        return _failed("Ray is not installed: pip install 'aside[ray]'", args.json)
    try:
        with Cluster(load, args.model, settings, args.replicas) as cluster:
            where = cluster.url, cluster.port
            _announce(where, f"{args.replicas} replicas", "",
                      None if args.token else settings.token, args.json)  # fmt: skip
            asyncio.run(until_stopped())
    except (RuntimeError, OSError) as error:
        return _failed(f"Ray Serve could not start: {error}", args.json)
    except KeyboardInterrupt:
        pass
    return 0


async def _serve(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    from engine.server.server import Server

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


def _failed(message: str, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"event": "failed", "message": message}), flush=True)
    print(message, file=sys.stderr)
    return 2


def _settings(args: argparse.Namespace) -> Settings:
    token = sys.stdin.buffer.readline().decode().strip() if args.token == "-" else args.token
    return Settings(
        host=args.host,
        port=args.port,
        token=token or new_token(),
        certificate=args.tls_certificate,
        key=args.tls_key,
        max_sessions=args.max_sessions,
        max_connections=max(Settings.max_connections, 2 * args.max_sessions),
        limit_s=args.late / 1e3,
        memory_mib=args.memory,
        keep_s=args.keep,
        rest=args.rest,
        journal=args.journal,
    )


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 0 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number of replicas: give 1 or more")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside serve",
        description="Serve the engine over a WebSocket that speaks GPT-Live and Realtime.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    add("--port", type=_port, default=0, help="port (default: any free one, printed)")
    add("--token", help="token clients must send; - reads it from the first line of stdin "
        "(default: a new one, printed)")  # fmt: skip
    add("--model", type=Path, help="checkpoint directory (default: the shipped one)")
    _add_computing(parser)
    add("--max-sessions", type=int, default=Settings.max_sessions, help="at most so many, and "
        "fewer where answers would be late (default: %(default)s)")  # fmt: skip
    add("--late", type=float, default=1e3 * Settings.limit_s, metavar="MS", help="no more sessions "
        "than let 99 of 100 answers come within this (default: %(default)g)")  # fmt: skip
    add("--memory", type=float, metavar="MIB", help="no new session when this process holds so "
        "much (default: four fifths of the machine's)")  # fmt: skip
    add("--keep", type=float, default=Settings.keep_s, metavar="SECONDS", help="the longest that a "
        "session waits for a client whose connection was lost (default: %(default)g)")  # fmt: skip
    add("--rest", type=Path, metavar="FILE", help="where a session leaves its state when its "
        "client lets the engine go; in a folder of your own")  # fmt: skip
    add("--journal", type=Path, metavar="DIR", help="keep sessions that may be resumed in this "
        "folder, what people say included, so that they outlive this process")  # fmt: skip
    add("--ray", action="store_true", help="serve on Ray Serve, with replicas on the machines of "
        "its cluster (engine/server/SIZING.md); needs --journal")  # fmt: skip
    add("--replicas", type=_count, default=1, metavar="N", help="engines behind Ray Serve "
        "(default: %(default)s)")  # fmt: skip
    add("--tls-certificate", type=Path, help="PEM certificate chain")
    add("--tls-key", type=Path, help="PEM private key")
    add("--insecure", action="store_true", help="listen beyond this machine without TLS")
    add("--json", "--announce", action="store_true", help="print one JSON line when ready")
    add("--quiet", action="store_true", help="log nothing but failures")
    add("--with-parent", action="store_true", help="end when stdin closes")
    return parser


def _add_computing(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--backend", choices=("auto", "onnx", "torch"), default="auto", help="who computes: torch "
        "where it can use a CUDA card, ONNX Runtime elsewhere (default: auto)")  # fmt: skip
    add("--precision", choices=("fp32", "bf16", "int8"), default="fp32", help="of the weights; "
        "bf16 and int8 are torch's (default: %(default)s)")  # fmt: skip
    add("--device", default="auto", metavar="cpu|cuda[:N]", help="what it computes on (default: a "
        "CUDA card where there is one)")  # fmt: skip
    add("--no-kernels", dest="kernels", action="store_false", help="plain torch on the card, "
        "without our kernels")  # fmt: skip
