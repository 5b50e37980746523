"""Word vectors to start from: positive pointwise mutual information of pieces that stand near each other, and its SVD.

    python3 -m train.embed_vectors [--work train/work/embed] [--dimensions 256]

A few minutes of counting give a small encoder what would take it hours to learn (Levy, Goldberg, Dagan 2015: window, smoothed
contexts, square root of the singular values). Writes `vectors.npy` (vocabulary, dimensions) float32, each row of length 1
at most: pieces are shortened by how common they are (Arora, Liang, Ma 2017), so that their mean already is a usable sentence.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

WINDOW = 6
SMOOTHING = 0.75  # contexts count to this power: rare ones would else look too telling
SHIFT = 0.0  # log of how often pairs must exceed chance
COMMON = 5e-4  # a piece with this share of the corpus counts half


def count_pairs(ids: np.ndarray, size: int) -> torch.Tensor:
    """(size, size) float32: how often two pieces stand within WINDOW, nearer ones counting more."""
    counts = torch.zeros(size * size)
    row = ids.astype(np.int64)
    for distance in range(1, WINDOW + 1):
        flat = row[:-distance] * size + row[distance:]
        counts += torch.from_numpy(np.bincount(flat, minlength=size * size)).float() * ((WINDOW + 1 - distance) / WINDOW)
    counts = counts.view(size, size)
    return counts + counts.T


def mutual_information(counts: torch.Tensor) -> torch.Tensor:
    """In place: log(p(a, b) / p(a) p(b)), nothing below zero."""
    total = counts.sum()
    own = counts.sum(1).clamp(min=1)
    context = own ** SMOOTHING
    context /= context.sum()
    counts /= total
    counts /= (own / total)[:, None]
    counts /= context[None, :]
    return counts.clamp_(min=1).log_().sub_(SHIFT).clamp_(min=0)


def leading_directions(matrix: torch.Tensor, rank: int, rounds: int = 4) -> torch.Tensor:
    """(rows, rank): U sqrt(S) of the nearest matrix of that rank (Halko, Martinsson, Tropp 2011)."""
    generator = torch.Generator().manual_seed(1)
    basis = torch.linalg.qr(matrix @ torch.randn(matrix.shape[1], rank + 32, generator=generator))[0]
    for _ in range(rounds):
        basis = torch.linalg.qr(matrix.T @ basis)[0]
        basis = torch.linalg.qr(matrix @ basis)[0]
    left, values, _ = torch.linalg.svd(basis.T @ matrix, full_matrices=False)
    return (basis @ left)[:, :rank] * values[:rank].sqrt()


def weigh(vectors: torch.Tensor, shares: torch.Tensor, common: float = COMMON) -> torch.Tensor:
    """Centred, of equal length, then shortened by commonness."""
    weight = common / (common + shares)
    mean = (vectors * shares.clamp(max=1e-3)[:, None]).sum(0) / shares.clamp(max=1e-3).sum()
    vectors = torch.nn.functional.normalize(vectors - mean, dim=1)
    return vectors * weight[:, None]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--work', type=Path, default='train/work/embed')
    options.add_argument('--dimensions', type=int, default=256)
    given = options.parse_args()
    torch.set_num_threads(1)
    ids = np.load(given.work / 'texts.npz')['ids']
    size = int(ids.max()) + 1
    shares = torch.from_numpy(np.bincount(ids, minlength=size) / len(ids)).float()
    vectors = leading_directions(mutual_information(count_pairs(ids, size)), given.dimensions)
    np.save(given.work / 'vectors.npy', weigh(vectors, shares).numpy())
    print(f'{tuple(vectors.shape)} from {len(ids)} pieces')


if __name__ == '__main__':
    main()
