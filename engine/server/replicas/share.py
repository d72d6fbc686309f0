"""What of a machine one replica gets: as asked, or its share."""

from __future__ import annotations

import math
import os
from argparse import Namespace

from engine.server.admission import usable_cores


def resources(args: Namespace, cluster: bool = False) -> dict[str, float]:
    """As `ray_actor_options` have it. Ray shows a replica no card but its own, and none where none
    was reserved. cluster: whether the machines are others than this one."""
    cores, gpus = args.cores, args.gpus
    if cores is None:
        cores = 1.0 if cluster else max(1.0, usable_cores() // args.replicas)
    if gpus is None:
        gpus = 0.0 if cluster or args.device == "cpu" else card_share(_cards(), args.replicas)
    return {"num_cpus": float(cores), "num_gpus": float(gpus)}


def card_share(cards: int, replicas: int) -> float:
    """Of one card, when replicas are dealt out evenly; Ray counts in ten thousandths."""
    if not cards:
        return 0.0
    together = math.ceil(replicas / cards)
    return math.floor(1e4 / together) / 1e4


def joins_a_cluster() -> bool:
    """Whether replicas go to a Ray cluster that is there already."""
    return bool(os.environ.get("RAY_ADDRESS"))


def _cards() -> int:
    from engine.runtime.computing import torch_sees_cuda

    if not torch_sees_cuda():
        return 0
    from engine.runtime.torch_batched import cuda_cards

    return cuda_cards()
