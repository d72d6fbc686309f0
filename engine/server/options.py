"""What `aside serve` is told: on a command line, or by a configuration of Ray Serve."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.microturn import TURN_S, Engine
from engine.server.settings import Settings, new_token

Load = Callable[[Path | None], Engine]
# What a replica is told as `aside serve` would be; the rest belongs to the ingress before it.
REPLICA_OPTIONS = (
    "token", "model", "backend", "precision", "device", "no_kernels", "max_sessions", "late",
    "memory", "keep", "journal", "journal_every", "replicas", "cores", "gpus",
)  # fmt: skip

_EXAMPLE = """\
example:
  aside serve --port 7700
  # then, with the `openai` package:
  # OpenAI(base_url="http://127.0.0.1:7700/v1", api_key=TOKEN).live.connect()
  # OpenAI(base_url="http://127.0.0.1:7700/v1", api_key=TOKEN).realtime.connect(model="nano")
"""


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Leaves the program, with the reason, where something cannot be."""
    return _parser().parse_args(argv)


def from_mapping(options: Mapping[str, Any]) -> argparse.Namespace:
    """The same out of a configuration file: names with _ for -, values as they come.

    Raises ValueError for what is unknown or wrong.
    """
    unknown = options.keys() - set(REPLICA_OPTIONS)
    if unknown:
        known = ", ".join(REPLICA_OPTIONS)
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}; there are {known}")
    argv = []
    for name, value in options.items():
        if name == "no_kernels":
            argv += ["--no-kernels"] if str(value).lower() in ("true", "yes", "1") else []
        else:
            argv.append(f"--{name.replace('_', '-')}={value}")
    parser = _parser()

    def fail(message: str) -> Any:
        raise ValueError(message)

    parser.error = fail  # type: ignore[method-assign]
    return parser.parse_args(argv)


def loader(args: argparse.Namespace) -> Load:
    """Loads an engine that computes as was asked; may be carried to another process."""

    def load(checkpoint: Path | None) -> Engine:
        from engine import runtime

        # A place more than there are sessions: whoever leaves may hold one a moment longer.
        slots, kernels = args.max_sessions + 1, None if args.kernels else False
        how = runtime.Computing(args.backend, args.precision, args.device, slots, kernels)
        return runtime.load(checkpoint, how)

    return load


def settings(args: argparse.Namespace) -> Settings:
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
        journal_turns=max(1, round(args.journal_every / TURN_S)),
    )


def _whole(text: str) -> Path:
    """Replicas start in other folders than this process."""
    return Path(text).absolute()


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 0 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is no such number: give 1 or more")
    return int(text)


def _amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0 <= amount < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no such number: give 0 or more")
    return amount


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
    add("--model", type=_whole, help="checkpoint directory (default: the shipped one)")
    _add_computing(parser)
    _add_limits(parser)
    add("--rest", type=Path, metavar="FILE", help="where a session leaves its state when its "
        "client lets the engine go; in a folder of your own")  # fmt: skip
    add("--journal", type=_whole, metavar="DIR", help="keep sessions that may be resumed in this "
        "folder, what people say included, so that they outlive this process")  # fmt: skip
    add("--journal-every", type=_amount, default=TURN_S * Settings.journal_turns, metavar="SECONDS",
        help="how often a whole state goes there; who takes a session up lives again through what "
        "came since (default: %(default)g)")  # fmt: skip
    _add_replicas(parser)
    add("--tls-certificate", type=Path, help="PEM certificate chain")
    add("--tls-key", type=Path, help="PEM private key")
    add("--insecure", action="store_true", help="listen beyond this machine without TLS")
    add("--json", "--announce", action="store_true", help="print one JSON line when ready")
    add("--quiet", action="store_true", help="log nothing but failures")
    add("--with-parent", action="store_true", help="end when stdin closes")
    return parser


def _add_limits(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--max-sessions", type=_count, default=Settings.max_sessions, metavar="N", help="at most "
        "so many, and fewer where answers would be late (default: %(default)s)")  # fmt: skip
    add("--late", type=_amount, default=1e3 * Settings.limit_s, metavar="MS", help="no more "
        "sessions than let 99 of 100 answers come within this (default: %(default)g)")  # fmt: skip
    add("--memory", type=_amount, metavar="MIB", help="no new session when this process holds so "
        "much (default: four fifths of the machine's)")  # fmt: skip
    add("--keep", type=_amount, default=Settings.keep_s, metavar="SECONDS", help="a "
        "session waits no longer for a lost client (default: %(default)g)")  # fmt: skip


def _add_replicas(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--ray", action="store_true", help="serve on Ray Serve, with replicas on the machines of "
        "its cluster (engine/server/SIZING.md); needs --journal")  # fmt: skip
    add("--replicas", type=_count, default=1, metavar="N", help="engines behind Ray Serve "
        "(default: %(default)s)")  # fmt: skip
    add("--cores", type=_amount, metavar="N", help="of each replica; it takes no more sessions "
        "than they carry (default: a replica's share of this machine, 1 in a cluster)")  # fmt: skip
    add("--gpus", type=_amount, metavar="N", help="of each replica, 0.5 for two on one card; a "
        "replica sees no other card (default: its share of this machine's)")  # fmt: skip


def _add_computing(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--backend", choices=("auto", "onnx", "torch"), default="auto", help="who computes: torch "
        "where it can use a CUDA card, ONNX Runtime elsewhere (default: auto)")  # fmt: skip
    add("--precision", choices=("auto", "fp32", "bf16", "int8"), default="auto", help="of the "
        "weights; bf16 is torch's alone (default: int8 on processors by ONNX Runtime, else fp32)")
    add("--device", default="auto", metavar="cpu|cuda[:N]", help="what it computes on (default: a "
        "CUDA card where there is one)")  # fmt: skip
    add("--no-kernels", dest="kernels", action="store_false", help="plain torch on the card, "
        "without our kernels")  # fmt: skip
