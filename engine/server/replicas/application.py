"""The Ray Serve application. `serve run engine.server.replicas.application:build journal=DIR`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from ray import serve
from ray.serve import Application
from ray.serve.config import RequestRouterConfig

from engine.server.replicas.door import Door, Load
from engine.server.replicas.names import prefix
from engine.server.replicas.router import Homing
from engine.server.settings import Settings

NAME = "aside"
STOP_S = 5.0  # a conversation does not end by itself; who is cut off comes back elsewhere


def build(options: dict[str, Any]) -> Application:
    """For `serve run` and its configuration files, which reach a cluster of any size.

    options: journal (a folder that every machine reaches; needed), token (or the environment's
    ASIDE_TOKEN), model (a checkpoint's folder), replicas, max_sessions (of one replica), cores
    and gpus (that Ray reserves for one).
    """
    unknown = options.keys() - {
        "journal", "token", "model", "replicas", "max_sessions", "cores", "gpus",
    }  # fmt: skip
    token = options.get("token") or os.environ.get("ASIDE_TOKEN")
    if unknown or not token or "journal" not in options:
        wrong = f"unknown: {', '.join(sorted(unknown))}; " if unknown else ""
        raise ValueError(f"{wrong}give journal=DIR, and token=TOKEN or ASIDE_TOKEN")
    settings = Settings(
        token=token,
        journal=Path(options["journal"]),
        max_sessions=int(options.get("max_sessions", Settings.max_sessions)),
    )
    model = Path(options["model"]) if options.get("model") else None
    resources = {
        "num_cpus": float(options.get("cores", 1)), "num_gpus": float(options.get("gpus", 0)),
    }  # fmt: skip
    return application(_shipped, model, settings, int(options.get("replicas", 1)), resources)


def application(
    load: Load, model: Path | None, settings: Settings, replicas: int, resources: dict[str, float]
) -> Application:
    """resources: what Ray reserves for one replica, as `ray_actor_options` have it."""

    def door() -> Door:
        name = prefix(serve.get_replica_context().replica_id.unique_id)
        return Door(load, model, replace(settings, name=name))

    deployment = serve.deployment(
        name=NAME,
        num_replicas=replicas,
        max_ongoing_requests=settings.max_connections,
        graceful_shutdown_timeout_s=STOP_S,
        ray_actor_options=dict(resources),
        request_router_config=RequestRouterConfig(request_router_class=Homing),
    )
    return deployment(serve.ingress(door)(_Replica)).bind()


class _Replica:
    """What Serve makes a replica of; the application behind its ingress does everything."""


def _shipped(checkpoint: Path | None) -> Any:
    from engine import runtime

    return runtime.load(checkpoint)
