"""The reader: a small cross-encoder that says whether a remembered line tells the answer to a question.

A BERT whose first token's state goes through one dense layer to one number, as llama.cpp's "rank" pooling computes it. llama.cpp
gives every token the same kind, so a question's and a line's pieces are told apart by their places: the question always takes
`QUESTION` of them, filled up with [PAD] (which is read like any piece), the line comes behind two [SEP].

It starts from word vectors (`reader_words.py`), which stay as they are: what is learnt of words that the training text has must hold for those it
has not. In the first layer half of the heads look in the other text for pieces that mean the same:
learning that from nothing takes longer than all the rest.
"""
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .encoder import Encoder, Linear, Shape, padded, tensors as encoder_tensors
from .wordpiece import CLS, PAD, SEP, WordPiece

QUESTION = 20
LINE = 56
"""Longest, in pieces."""
APART = 4.0
ALIKE, CROSS = 1.2, 1.2
LENGTH = 1.6


class Reader(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.encoder = Encoder(shape)
        self.dense, self.out = Linear(shape.width, shape.width), nn.Linear(shape.width, 1)

    def start_from(self, vectors: np.ndarray, seed: int) -> None:
        """`vectors` (vocabulary, width), lengths about 1."""
        mine, rng = self.encoder, torch.Generator().manual_seed(seed)
        width, heads = mine.shape.width, mine.shape.heads
        size = width // heads
        with torch.no_grad():
            mine.pieces.weight.copy_(torch.from_numpy(vectors) * LENGTH)
            side = torch.randn(width, generator=rng)
            side /= side.norm()
            gain = LENGTH / width ** 0.5
            mine.positions.weight.normal_(0, 0.02 * gain, generator=rng)
            mine.positions.weight[:QUESTION + 1] += APART * gain * side
            mine.positions.weight[QUESTION + 1:] -= APART * gain * side
            first = mine.layers[0]
            for head in range(heads // 2):
                rows = torch.randn(size - 1, width, generator=rng) / width ** 0.5
                rows -= (rows @ side)[:, None] * side
                at = slice(head * size, head * size + size - 1)
                first.query.weight[at] = ALIKE * rows
                first.key.weight[at] = ALIKE * rows
                last = (head + 1) * size - 1
                first.query.weight[last] = CROSS * side
                first.key.weight[last] = -CROSS * side

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """ids (batch, tokens) padded -> (batch,): log odds that the line tells the answer."""
        states, _ = self.encoder.states(ids, lengths)
        return self.out(torch.tanh(self.dense(states[:, 0]))).squeeze(-1)

    @torch.no_grad()
    def read(self, pairs: list[tuple[list[int], list[int]]], batch: int = 64) -> np.ndarray:
        rows = [framed(*pair) for pair in pairs]
        order = np.argsort([len(row) for row in rows], kind='stable')
        found = np.zeros(len(rows), np.float32)
        for start in range(0, len(order), batch):
            some = order[start:start + batch]
            found[some] = self(*padded([rows[index] for index in some])).numpy()
        return found


def framed(question: list[int], line: list[int]) -> list[int]:
    asked = question[:QUESTION]
    return [CLS, *asked, *[PAD] * (QUESTION - len(asked)), SEP, SEP, *line[:LINE], SEP]


def tensors(reader: Reader) -> dict[str, np.ndarray]:
    """Under llama.cpp's names."""
    whole = encoder_tensors(reader.encoder)
    for name, part in (('cls', reader.dense), ('cls.output', reader.out)):
        whole[f'{name}.weight'], whole[f'{name}.bias'] = part.weight.detach().numpy(), part.bias.detach().numpy()
    return whole


def kept(reader: Reader, tokenizer: WordPiece) -> dict[str, object]:
    return {'shape': asdict(reader.encoder.shape), 'vocabulary': tokenizer.vocabulary, 'reader': reader.state_dict()}


def load(path: Path) -> tuple[Reader, WordPiece]:
    state = torch.load(path, map_location='cpu')
    reader = Reader(Shape(**state['shape']))
    reader.load_state_dict(state['reader'])
    return reader.eval(), WordPiece(state['vocabulary'])
