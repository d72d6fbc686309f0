"""Which replica a connection goes to: its session's, or the one of two that has less to do."""

from __future__ import annotations

import pickle
import random
from urllib.parse import parse_qs

from ray.serve.request_router import PendingRequest, ReplicaID, RequestRouter, RunningReplica

from engine.server.replicas.names import replica_of


class Homing(RequestRouter):
    """Runs in Serve's proxies. The id of a session names its replica, so no table is shared.

    A session whose replica is gone goes to any other, which takes it out of the journal.
    """

    async def choose_replicas(
        self,
        candidate_replicas: list[RunningReplica],
        pending_request: PendingRequest | None = None,
    ) -> list[list[RunningReplica]]:
        home = _home(pending_request)
        ours = [one for one in candidate_replicas if one.replica_id.unique_id == home]
        return [ours or random.sample(candidate_replicas, min(2, len(candidate_replicas)))]

    def on_request_routed(
        self, pending_request: PendingRequest, replica_id: ReplicaID, result: object
    ) -> None:
        """Nothing to learn: the session's id says it."""


def _home(request: PendingRequest | None) -> str | None:
    """The replica of the session that a connection comes back to."""
    if request is None or not request.args:
        return None
    # What Serve's proxy hands to a replica, and nobody outside can write.
    asked = pickle.loads(request.args[0]).asgi_scope.get("query_string", b"")
    session = parse_qs(asked.decode("latin-1")).get("resume", [""])[-1]
    return replica_of(session)
