"""The embedder: a small BERT-architecture encoder with mean pooling, laid out so that llama.cpp computes the same.

It starts as a weighted mean of word vectors. Post-norm layers give every token the same length, so a word's weight needs
another carrier: two dimensions (the "ballast") hold what is missing to full length, +x and -x so that the mean stays zero,
and the last layer norm takes them out again (its gain there is 0). Layers start as the identity: what they add is 0.
"""
from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import gguf
from .wordpiece import CLS, PAD, SEP, WordPiece, from_gguf_tokens

BALLAST = 2


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int = 256
    layers: int = 3
    heads: int = 4
    inner: int = 640
    window: int = 512
    epsilon: float = 1e-12


class Linear(nn.Linear):
    """float32 weights; where the input is bfloat16, as in training, so is the product: processors have units for that."""

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class Layer(nn.Module):
    """Sums and norms are float32; products are taken in `reckoning`, bfloat16 in training."""
    reckoning = torch.float32

    def __init__(self, shape: Shape):
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value, self.output = (Linear(width, width) for _ in range(4))
        self.up, self.down = Linear(width, shape.inner), Linear(shape.inner, width)
        self.attention_norm, self.output_norm = nn.LayerNorm(width, shape.epsilon), nn.LayerNorm(width, shape.epsilon)
        for linear, spread in ((self.query, 0.04), (self.key, 0.04), (self.value, 0.06), (self.output, 0.0), (self.up, 0.06), (self.down, 0.0)):
            nn.init.normal_(linear.weight, std=spread) if spread else nn.init.zeros_(linear.weight)
            nn.init.zeros_(linear.bias)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (batch, tokens, width); mask (batch, 1, 1, tokens): 0, or very negative where there is no token."""
        batch, tokens, width = x.shape
        split = lambda y: y.view(batch, tokens, self.heads, -1).transpose(1, 2)
        narrow = x.to(self.reckoning)
        query, key, value = split(self.query(narrow)), split(self.key(narrow)), split(self.value(narrow))
        near = (query @ key.transpose(2, 3) * (width // self.heads) ** -0.5 + mask).softmax(-1, dtype=torch.float32)
        seen = (near.to(self.reckoning) @ value).transpose(1, 2).reshape(batch, tokens, width)
        x = self.attention_norm(x + self.output(seen))
        return self.output_norm(x + self.down(F.gelu(self.up(x.to(self.reckoning)))))


class Encoder(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.window, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        nn.init.normal_(self.positions.weight, std=1e-3)
        nn.init.zeros_(self.kinds.weight)

    def start_from(self, vectors: np.ndarray, scale: float = 0.1) -> None:
        """`vectors` (vocabulary, width - BALLAST): a piece's direction times its weight, lengths at most 1."""
        with torch.no_grad():
            rows = torch.from_numpy(vectors)
            rows = rows - rows.mean(1, keepdim=True)  # the norm would take it out
            length = rows.norm(dim=1, keepdim=True)
            rows = rows / length.clamp(min=1)
            missing = (1 - rows.norm(dim=1, keepdim=True) ** 2).clamp(min=0).sqrt() / 2 ** 0.5
            whole = torch.cat([rows, missing, -missing], dim=1) * self.shape.width ** 0.5
            self.pieces.weight.copy_(whole * scale)
            self.layers[-1].output_norm.weight[-BALLAST:] = 0

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """ids (batch, tokens) padded, lengths (batch,) -> (batch, width), rows of length 1."""
        states, there = self.states(ids, lengths)
        return F.normalize((states * there[..., None]).sum(1), dim=-1)

    def states(self, ids: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, tokens, width), and (batch, tokens): which of them are there."""
        tokens = ids.shape[1]
        there = torch.arange(tokens, device=ids.device) < lengths[:, None]
        mask = torch.where(there, 0.0, -1e9)[:, None, None]
        x = self.norm(self.pieces(ids) + self.positions.weight[:tokens] + self.kinds.weight[0])
        for layer in self.layers:
            x = layer(x, mask)
        return x, there

    @torch.no_grad()
    def embed(self, texts: list[str], tokenizer: WordPiece, batch: int = 64) -> np.ndarray:
        """(texts, width) float32. Texts of like length go together."""
        rows = [framed(tokenizer.encode(text), self.shape.window) for text in texts]
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        found = np.zeros((len(rows), self.shape.width), np.float32)
        for start in range(0, len(order), batch):
            some = order[start:start + batch]
            found[some] = self(*padded([rows[index] for index in some])).numpy()
        return found


def framed(ids: list[int], window: int) -> list[int]:
    return [CLS, *ids[:window - 2], SEP]


def padded(rows: list[list[int]] | list[np.ndarray]) -> tuple[Tensor, Tensor]:
    lengths = torch.tensor([len(row) for row in rows])
    ids = np.full((len(rows), int(lengths.max())), PAD, np.int64)
    for index, row in enumerate(rows):
        ids[index, :len(row)] = row
    return torch.from_numpy(ids), lengths


def in_chunks(model: nn.Module, rows: list[list[int]] | list[np.ndarray], tokens: int) -> Tensor:
    """What `model` makes of framed rows, in the order given; rows of like length go together, so little is padding. `tokens`: computed at once."""
    order = np.argsort([len(row) for row in rows], kind='stable')
    parts, start = [], 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * len(rows[order[end]]) <= tokens:
            end += 1
        parts.append(model(*padded([rows[index] for index in order[start:end]])))
        start = end
    return torch.cat(parts)[torch.from_numpy(np.argsort(order))]


def tensors(encoder: Encoder) -> dict[str, np.ndarray]:
    """Under llama.cpp's names."""
    named = {'token_embd.weight': encoder.pieces.weight, 'position_embd.weight': encoder.positions.weight,
             'token_types.weight': encoder.kinds.weight, 'token_embd_norm': encoder.norm}
    for index, layer in enumerate(encoder.layers):
        named.update({f'blk.{index}.{name}': part for name, part in (
            ('attn_q', layer.query), ('attn_k', layer.key), ('attn_v', layer.value), ('attn_output', layer.output),
            ('attn_output_norm', layer.attention_norm), ('ffn_up', layer.up), ('ffn_down', layer.down), ('layer_output_norm', layer.output_norm))})
    flat: dict[str, np.ndarray] = {}
    for name, part in named.items():
        if isinstance(part, nn.Parameter):
            flat[name] = part.detach().numpy()
        else:
            flat[f'{name}.weight'], flat[f'{name}.bias'] = part.weight.detach().numpy(), part.bias.detach().numpy()
    return flat


def load(path: Path) -> tuple[Encoder, WordPiece]:
    """From an exported file, or from a checkpoint of the trainer."""
    if path.suffix == '.pt':
        kept = torch.load(path, map_location='cpu')
        encoder, tokenizer = Encoder(Shape(**kept['shape'])), WordPiece(kept['vocabulary'])
        encoder.load_state_dict(kept['encoder'])
        return encoder.eval(), tokenizer
    metadata, arrays = gguf.read(path)
    tokens = metadata['tokenizer.ggml.tokens']
    encoder = Encoder(Shape(len(tokens), metadata['bert.embedding_length'], metadata['bert.block_count'], metadata['bert.attention.head_count'],
                            metadata['bert.feed_forward_length'], metadata['bert.context_length'], metadata['bert.attention.layer_norm_epsilon']))
    with torch.no_grad():
        for name, array in tensors(encoder).items():  # these share memory with the encoder
            array[...] = arrays[name]
    return encoder.eval(), from_gguf_tokens(tokens)


def kept(encoder: Encoder, tokenizer: WordPiece) -> dict[str, object]:
    """What `load` needs of a checkpoint."""
    return {'shape': asdict(encoder.shape), 'vocabulary': tokenizer.vocabulary, 'encoder': encoder.state_dict()}
