"""The Ray Serve application. `serve run engine.server.replicas.application:build journal=DIR`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from ray import serve
from ray.serve import Application
from ray.serve.config import RequestRouterConfig

from engine.server.options import Load, from_mapping, loader, settings
from engine.server.replicas.door import Door
from engine.server.replicas.names import prefix
from engine.server.replicas.router import Homing
from engine.server.replicas.share import resources
from engine.server.settings import Settings

NAME = "aside"
STOP_S = 5.0  # a conversation does not end by itself; who is cut off comes back elsewhere


def build(options: dict[str, Any]) -> Application:
    """For `serve run` and its configuration files, which reach a cluster of any size.

    options: journal (a folder that every machine reaches; needed), token (or the environment's
    ASIDE_TOKEN), and what else `aside serve` has for a replica (`options.REPLICA_OPTIONS`), with _
    for -. Raises ValueError.
    """
    token = options.get("token") or os.environ.get("ASIDE_TOKEN")
    if not token or "journal" not in options:
        raise ValueError("give journal=DIR, and token=TOKEN or ASIDE_TOKEN")
    args = from_mapping({**options, "token": token})
    reserved = resources(args, cluster=True)
    return application(loader(args), args.model, settings(args), args.replicas, reserved)


def application(
    load: Load, model: Path | None, told: Settings, replicas: int, reserved: dict[str, float]
) -> Application:
    """reserved: by Ray for one replica, as `ray_actor_options` have it."""
    own = replace(told, cores=reserved["num_cpus"] or None)

    def door() -> Door:
        name = prefix(serve.get_replica_context().replica_id.unique_id)
        return Door(load, model, replace(own, name=name))

    deployment = serve.deployment(
        name=NAME,
        num_replicas=replicas,
        max_ongoing_requests=told.max_connections,
        graceful_shutdown_timeout_s=STOP_S,
        ray_actor_options=dict(reserved),
        request_router_config=RequestRouterConfig(request_router_class=Homing),
    )
    return deployment(serve.ingress(door)(_Replica)).bind()


class _Replica:
    """What Serve makes a replica of; the application behind its ingress does everything."""
