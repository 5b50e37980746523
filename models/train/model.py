"""The chat base: llama architecture (RMSNorm, RoPE, SwiGLU, grouped-query attention, tied embeddings).

Weights are float32; matrix products run in bfloat16, on a CPU through oneDNN, on a GPU natively.
"""
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from . import fused

COMPUTE = torch.bfloat16
EPSILON = 1e-5
EMBEDDING_DEVIATION = 0.6
"""Large beside what the layers add: a token must stay recognisable for what it is a few layers up (see `find_alike`)."""
OUTPUT_SCALE = 0.13
"""On the last norm's result, since the tied head would otherwise be far too sure of itself. Exported as that norm's weight."""


@dataclass
class Shape:
    vocab: int = 4096
    width: int = 256
    layers: int = 8
    heads: int = 4
    key_value_heads: int = 2
    feed_forward: int = 704
    head_width: int = 64
    theta: float = 10_000.0

    @property
    def groups(self) -> int:
        return self.heads // self.key_value_heads


SHAPES = {
    "3m": Shape(width=192, layers=6, heads=3, key_value_heads=1, feed_forward=512),
    "4m": Shape(width=256, layers=6, heads=4, key_value_heads=1, feed_forward=576),
    "6m": Shape(width=256, layers=8, heads=4, key_value_heads=2, feed_forward=640),
    "9m": Shape(width=320, layers=8, heads=5, key_value_heads=1, feed_forward=832),
    # For a GPU: 16,384 tokens of vocabulary are worth it there, the recipe is otherwise the same.
    "38m": Shape(width=512, layers=12, heads=8, key_value_heads=2, feed_forward=1_408),
}


class Linear(nn.Module):
    """y = x W', plus scale * (x A') B' once an adapter is put on it. Weight: (out, in)."""

    def __init__(self, inputs: int, outputs: int, deviation: float):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * deviation)
        self.A: nn.Parameter | None = None
        self.B: nn.Parameter | None = None
        self.scale = 1.0

    def adapt(self, rank: int, alpha: float) -> None:
        outputs, inputs = self.weight.shape
        self.scale = alpha / rank
        self.A = nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
        self.B = nn.Parameter(torch.zeros(outputs, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.linear(x, self.weight.to(x.dtype))
        if self.A is not None:
            y = y + F.linear(F.linear(x, self.A.to(x.dtype)), self.B.to(x.dtype)) * self.scale
        return y


# The four element-wise parts, in torch; fused.py has each as one pass in C.


def add_norm(x: torch.Tensor, add: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
    """The residual stream with `add` in it, and that by its root mean square in the computing type.

    There is no norm weight: the matrix that follows can hold it as well. Exported as ones.
    """
    if fused.usable(x):
        return fused.add_norm(x, add)
    total = x if add is None else x + add
    return total, (total * torch.rsqrt(total.square().mean(-1, keepdim=True) + EPSILON)).to(COMPUTE)


def turn(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, heads: int) -> torch.Tensor:
    """(batch, length, heads * head) -> (batch, heads, length, head), turned by position.

    Half-split RoPE; llama.cpp wants interleaved pairs, so the export reorders the rows of q and k.
    """
    if fused.usable(x):
        return fused.turn(x, cos, sin, heads)
    batch, length, _ = x.shape
    first, second = x.view(batch, length, heads, -1).transpose(1, 2).float().chunk(2, -1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), -1).to(x.dtype)


def causal_softmax(scores: torch.Tensor, scale: float) -> torch.Tensor:
    """(…, groups * length, length): over what is not in the future."""
    if fused.usable(scores):
        return fused.causal_softmax(scores, scale)
    length = scores.shape[-1]
    future = torch.ones(length, length, dtype=torch.bool, device=scores.device).triu(1).repeat(scores.shape[-2] // length, 1)
    return (scores.float() * scale).masked_fill(future, float("-inf")).softmax(-1).to(scores.dtype)


def swiglu(gate: torch.Tensor, up: torch.Tensor) -> torch.Tensor:
    return fused.swiglu(gate, up) if fused.usable(gate) else F.silu(gate) * up


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        width, head = shape.width, shape.head_width
        inner = width**-0.5
        outer = (2 * shape.layers) ** -0.5
        self.shape = shape
        self.q = Linear(width, shape.heads * head, inner)
        self.k = Linear(width, shape.key_value_heads * head, inner)
        self.v = Linear(width, shape.key_value_heads * head, inner)
        self.o = Linear(shape.heads * head, width, inner * outer)
        self.gate = Linear(width, shape.feed_forward, inner)
        self.up = Linear(width, shape.feed_forward, inner)
        self.down = Linear(shape.feed_forward, width, shape.feed_forward**-0.5 * outer)

    def attend(self, h: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        batch, length, _ = h.shape
        shape = self.shape
        kv, groups, head = shape.key_value_heads, shape.groups, shape.head_width
        # Queries of one group stand one after another: they share keys, so one product serves them.
        q = turn(self.q(h), cos, sin, shape.heads).view(batch * kv, groups * length, head)
        k = turn(self.k(h), cos, sin, kv).view(batch * kv, length, head)
        v = self.v(h).view(batch, length, kv, head).transpose(1, 2).reshape(batch * kv, length, head)
        weights = causal_softmax(torch.bmm(q, k.transpose(1, 2)), head**-0.5)
        mixed = torch.bmm(weights, v).view(batch, shape.heads, length, head)
        return self.o(mixed.transpose(1, 2).reshape(batch, length, -1))

    def forward(self, x: torch.Tensor, add: torch.Tensor | None, cos: torch.Tensor, sin: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The residual stream, and what is still to be added to it: the next norm adds it in passing."""
        x, h = add_norm(x, add)
        x, h = add_norm(x, self.attend(h, cos, sin))
        return x, self.down(swiglu(self.gate(h), self.up(h)))


class Llama(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Parameter(torch.randn(shape.vocab, shape.width) * EMBEDDING_DEVIATION)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))

    def _rotation(self, length: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        head = self.shape.head_width
        frequency = self.shape.theta ** (-torch.arange(0, head, 2, device=device).float() / head)
        angle = torch.outer(torch.arange(length, device=device).float(), frequency)
        return angle.cos(), angle.sin()

    def forward(self, ids: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        """ids (batch, length) -> logits (positions, vocab), float32. `wanted`: flat positions, else all of them."""
        batch, length = ids.shape
        x, add = F.embedding(ids, self.embedding), None
        cos, sin = self._rotation(length, ids.device)
        for block in self.blocks:
            x, add = block(x, add, cos, sin)
        _, h = add_norm(x, add)
        h = h.view(batch * length, -1) * OUTPUT_SCALE
        return F.linear(h if wanted is None else h[wanted], self.embedding.to(COMPUTE)).float()

    def adapt(self, rank: int, alpha: float) -> list[nn.Parameter]:
        """Puts a LoRA on all seven matrices of each layer and freezes everything else. Returns what is to be trained."""
        for parameter in self.parameters():
            parameter.requires_grad_(False)
        for block in self.blocks:
            for name in ("q", "k", "v", "o", "gate", "up", "down"):
                getattr(block, name).adapt(rank, alpha)
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    @torch.no_grad()
    def look_back(self, amplitude: float = 7.5, constant: float = 4.0) -> None:
        """Starts the first layer's heads as "look n tokens back" heads (n = 1, 2, …).

        Copying then has to learn only its matching half; without this it sits on a long plateau. One column of the
        embedding is made constant to serve as the bias that the architecture lacks. The file stays a plain llama.
        """
        shape, head = self.shape, self.shape.head_width
        block = self.blocks[0]
        self.embedding[:, 0] = constant * self.embedding.std()
        reach = amplitude / (constant / (1 + constant**2 / shape.width) ** 0.5)
        frequency = shape.theta ** (-torch.arange(0, head, 2).float() / head)
        half = head // 2
        block.q.weight.mul_(0.05)
        block.k.weight.mul_(0.05)
        for index in range(shape.heads):
            # score ~ sum of cos(frequency * (distance - back)), highest at that distance
            back, row = index + 1.0, index * head
            block.q.weight[row : row + half, 0] = reach * torch.cos(frequency * back)
            block.q.weight[row + half : row + head, 0] = -reach * torch.sin(frequency * back)
        for index in range(shape.key_value_heads):
            row = index * head
            block.k.weight[row : row + half, 0] = reach
            block.k.weight[row + half : row + head, 0] = 0.0

    @torch.no_grad()
    def find_alike(self, layer: int = 1, amplitude: float = 2.2) -> None:
        """Starts one layer's heads as "find the same token" heads: queries and keys begin as the same projection.

        A question's words then find themselves in the remembered lines from the first step on, and what is left to learn
        is to carry a line's number along. Without this, which of two lines was meant stayed at chance for hundreds of
        steps. Only the slowly turning half of RoPE's pairs is used: the others would forget a likeness at a distance.
        """
        shape, block, head = self.shape, self.blocks[layer], self.shape.head_width
        half = head // 2
        slow = [*range(half // 2, half), *range(half + half // 2, head)]
        block.q.weight.mul_(0.05)
        block.k.weight.mul_(0.05)
        for pair in range(shape.key_value_heads):
            projection = torch.linalg.qr(torch.randn(shape.width, len(slow)))[0].T * amplitude
            projection[:, 0] = 0  # the constant column, by which all tokens are alike
            for index in range(pair * shape.groups, (pair + 1) * shape.groups):
                block.q.weight[[index * head + row for row in slow]] = projection
            block.k.weight[[pair * head + row for row in slow]] = projection
