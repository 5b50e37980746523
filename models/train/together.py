"""Several processes, one model: each has batches of its own, and all make the same step with their mean gradient.

Two processes of one thread get through nearly twice as much as one of two threads: at this size a step is too short for
threads to share.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
import torch.distributed as distributed
from torch import nn


class Together:
    """`first`: the process that reports, evaluates and saves; what it says goes for all."""

    def __init__(self, processes: int):
        self.size = processes
        self.rank = int(os.environ.get("ENGRAM_RANK", "0"))
        self.first = self.rank == 0
        if processes == 1:
            return
        meeting = os.environ.get("ENGRAM_MEETING") or str(Path(tempfile.mkdtemp(prefix="engram-train-")) / "meeting")
        if self.first:
            for rank in range(1, processes):
                environment = os.environ | {"ENGRAM_RANK": str(rank), "ENGRAM_MEETING": meeting}
                subprocess.Popen([sys.executable, "-m", "train.train_chat", *sys.argv[1:]], env=environment)
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=self.rank, world_size=processes)

    @torch.no_grad()
    def average(self, model: nn.Module, said: list[float]) -> list[float]:
        """The gradients become their mean over all processes. Returns what the first process said."""
        if self.size == 1:
            return said
        gradients = [parameter.grad for parameter in model.parameters()]
        words = torch.tensor(said if self.first else [0.0] * len(said))
        flat = torch.cat([*(gradient.view(-1) for gradient in gradients), words])
        distributed.all_reduce(flat)
        at = 0
        for gradient in gradients:
            gradient.copy_(flat[at : at + gradient.numel()].view_as(gradient)).div_(self.size)
            at += gradient.numel()
        return flat[at:].tolist()
