"""Steps that are recorded once as CUDA graphs and played again; elsewhere they run as they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import torch

WARM_UPS = 2


class Recorder:
    """A step reads and writes tensors that stay where they are: to play it is to run it again."""

    def __init__(self, device: torch.device) -> None:
        self.records = device.type == "cuda"
        # One for all of them: what one recording has freed is had again only on its own stream.
        self._beside = torch.cuda.Stream(device) if self.records else None
        self._graphs: dict[Hashable, torch.cuda.CUDAGraph] = {}
        self._memory = torch.cuda.graph_pool_handle() if self.records else None

    def lacks(self, key: Hashable) -> bool:
        """Whether a step is to be recorded before it can run."""
        return self.records and key not in self._graphs

    def record(self, key: Hashable, step: Callable[[], None]) -> None:
        """What a step touches while it is recorded must be nobody's: it runs for warming up.

        The device must be the current one: what runs elsewhere would not be recorded.
        """
        assert self._beside is not None
        self._beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self._beside):
            for _ in range(WARM_UPS):
                step()
        torch.cuda.current_stream().wait_stream(self._beside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self._memory, stream=self._beside):
            step()
        self._graphs[key] = graph

    def run(self, key: Hashable, step: Callable[[], None]) -> None:
        """Raises KeyError for what was not recorded, where steps are."""
        if self.records:
            self._graphs[key].replay()
        else:
            step()
