"""`aside serve --ray`: replicas of this server, started and stopped with the command."""

from __future__ import annotations

import logging
import math
import os
import socket
from argparse import Namespace
from dataclasses import replace
from types import TracebackType

import ray
from ray import serve
from ray.exceptions import RayError
from ray.serve.config import HTTPOptions

from engine.server.admission import memory_limit_mib
from engine.server.options import Load
from engine.server.replicas.application import NAME, application
from engine.server.replicas.share import joins_a_cluster, resources
from engine.server.server import base_url
from engine.server.settings import Settings

LOOPBACK = "127.0.0.1"
PATIENCE_S = 60.0


class Cluster:
    """`with Cluster(...) as cluster:` serves until the block ends.

    Joins the Ray cluster that RAY_ADDRESS names; without it, starts one on this machine alone.
    """

    def __init__(self, load: Load, settings: Settings, args: Namespace) -> None:
        """args: of `engine.server.options`."""
        self._load, self._args = load, args
        self._joins = joins_a_cluster()
        self._resources = resources(args, self._joins)
        if settings.memory_mib is None and not self._joins:
            # All of them are on this machine, and none may think that its memory is its own.
            settings = replace(settings, memory_mib=memory_limit_mib() / args.replicas)
        self._settings = settings
        self.port = settings.port

    @property
    def url(self) -> str:
        return base_url(self._settings, self.port)

    def __enter__(self) -> Cluster:
        """Raises RuntimeError or OSError when Ray, or a replica, does not come up."""
        try:
            self._start()
        except RayError as error:
            self._stop()
            raise RuntimeError(str(error).splitlines()[0]) from error
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _start(self) -> None:
        # Nothing is told to anybody about the use of this machine.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        # A busy machine needs longer than Ray's five seconds, three times, for its first proxy.
        os.environ.setdefault("RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S", f"{PATIENCE_S:g}")
        logging.getLogger("ray.serve").setLevel(logging.WARNING)
        self.port = self.port or _free_port(self._settings.host)
        self._connect()
        serve.start(proxy_location="EveryNode", http_options=self._http())
        served = application(
            self._load, self._args.model, self._settings, self._args.replicas, self._resources
        )
        serve.run(served, name=NAME, route_prefix="/")

    def _stop(self) -> None:
        if ray.is_initialized():
            serve.shutdown()
            ray.shutdown()

    def _connect(self) -> None:
        if self._joins:
            address = os.environ["RAY_ADDRESS"]
            ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)
            return
        asked = math.ceil(self._args.replicas * self._resources["num_cpus"])
        # Ray's own ports on loopback too: nothing of a cluster of one machine is for others.
        ray.init(
            num_cpus=max(os.cpu_count() or 1, asked), include_dashboard=False, log_to_driver=False,
            logging_level=logging.WARNING, _node_ip_address=LOOPBACK,
        )  # fmt: skip

    def _http(self) -> HTTPOptions:
        certificate, key = self._settings.certificate, self._settings.key
        return HTTPOptions(
            host=self._settings.host, port=self.port,
            ssl_certfile=str(certificate) if certificate else None,
            ssl_keyfile=str(key) if key else None,
        )  # fmt: skip


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.bind((host, 0))
        return int(one.getsockname()[1])
