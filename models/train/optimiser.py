"""Muon (momentum made orthogonal by a Newton-Schulz iteration) for the matrices, AdamW for everything else."""
import torch
from torch import nn

from .model import COMPUTE


class Muon:
    def __init__(self, model: nn.Module, rate: float = 0.02, adam_rate: float = 4e-3, decay: float = 0.01):
        named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.matrices = [p for name, p in named if p.ndim == 2 and name.startswith("blocks.")]
        taken = {id(p) for p in self.matrices}
        self.rest = [p for _, p in named if id(p) not in taken]
        self.adam = torch.optim.AdamW(self.rest, lr=adam_rate, betas=(0.9, 0.98), weight_decay=0.0)
        self.momentum = [torch.zeros_like(p) for p in self.matrices]
        self.rate, self.adam_rate, self.decay = rate, adam_rate, decay

    @torch.no_grad()
    def step(self, share: float) -> None:
        """`share`: of the full learning rates, 0 to 1."""
        for group in self.adam.param_groups:
            group["lr"] = self.adam_rate * share
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        for parameter, momentum in zip(self.matrices, self.momentum):
            momentum.mul_(0.95).add_(parameter.grad)
            update = orthogonal(parameter.grad.add(momentum, alpha=0.95))
            rate = self.rate * share
            tall = max(1.0, parameter.size(0) / parameter.size(1)) ** 0.5
            parameter.mul_(1 - rate * self.decay).add_(update, alpha=-rate * tall)
            parameter.grad = None

    def state(self) -> dict:
        return {"adam": self.adam.state_dict(), "momentum": self.momentum}

    def restore(self, state: dict) -> None:
        self.adam.load_state_dict(state["adam"])
        for own, saved in zip(self.momentum, state["momentum"]):
            own.copy_(saved)


def orthogonal(gradient: torch.Tensor) -> torch.Tensor:
    """The nearest matrix with singular values near 1, by five quintic Newton-Schulz steps."""
    x = (gradient / (gradient.norm() + 1e-7)).to(COMPUTE)
    flip = x.size(0) > x.size(1)
    if flip:
        x = x.t().contiguous()
    for _ in range(5):
        square = x @ x.t()
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * (square @ square)) @ x
    return (x.t() if flip else x).float()
