"""The embedder's first half: word vectors learnt as plain sums, without any layer, which is a hundred times cheaper.

    python3 -m train.embed_bag [--work train/work/embed] [--steps 4000] [--seed 1]

Contrastive (InfoNCE, both ways, negatives in the batch) from `vectors.npy`. Writes `bag.npy` (vocabulary, dimensions), then
`neighbours.npy` (pairs, 8): for each pair other pairs of its source whose positives look alike, the hard negatives of the
second half (-1 where there are none).
"""
from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .embed_batches import Batches, load_tokenizer

TEMPERATURE = 0.05
BLOCKS, BLOCK = 8, 128
ALIKE = 0.97  # positives closer than this say the same and are no negatives


def contrast(queries: Tensor, positives: Tensor, groups: np.ndarray) -> tuple[Tensor, float]:
    """Loss, and the share of queries whose own positive is the closest. Rows have length 1."""
    scores = queries @ positives.T / TEMPERATURE
    with torch.no_grad():
        group = torch.from_numpy(groups).to(scores.device)
        same = ((group[:, None] == group[None]) & (group[:, None] >= 0)) | (positives @ positives.T > ALIKE)
        same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    own = torch.arange(len(scores), device=scores.device)
    right = (scores.argmax(1) == own).float().mean().item()
    return (F.cross_entropy(scores, own) + F.cross_entropy(scores.T, own)) / 2, right


def summed(vectors: torch.nn.EmbeddingBag, rows: list[np.ndarray]) -> Tensor:
    lengths = np.array([len(row) for row in rows])
    flat = torch.from_numpy(np.concatenate(rows)).long()
    return F.normalize(vectors(flat, torch.from_numpy(np.cumsum(lengths) - lengths)), dim=-1)


def learn(batches: Batches, start: np.ndarray, steps: int, rate: float = 0.005) -> tuple[np.ndarray, list[dict[str, float]]]:
    vectors = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(start).clone(), mode='sum', freeze=False)
    optimiser = torch.optim.Adam(vectors.parameters(), lr=rate, betas=(0.9, 0.98))
    curve, begun = [], time.time()
    for step in range(steps):
        optimiser.param_groups[0]['lr'] = rate * min(1, (step + 1) / 30) * max(0.02, 1 - step / steps)
        queries, positives, groups = batches.draw(BLOCKS, BLOCK)
        loss, right = contrast(summed(vectors, queries), summed(vectors, positives), groups)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 0 or step == steps - 1:
            curve.append({'step': step, 'seconds': round(time.time() - begun, 1), 'loss': round(loss.item(), 4), 'right': round(right, 4)})
            print(curve[-1], flush=True)
    return vectors.weight.detach().numpy(), curve


def neighbours(batches: Batches, vectors: np.ndarray, count: int = 8) -> np.ndarray:
    """(pairs, count): by closeness of positives, within the source, other texts of other clusters only."""
    found = np.full((len(batches.pairs), count), -1, np.int32)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(vectors), mode='sum')
    for rows in batches.by_kind.values():
        positives = summed(bag, [batches.text(index) if len(batches.text(index)) else np.zeros(1, np.int32) for index in batches.pairs[rows, 1]])
        for start in range(0, len(rows), 1024):
            here = rows[start:start + 1024]
            near = (positives[start:start + 1024].bfloat16() @ positives.bfloat16().T).float()
            near[near > 0.9] = -1
            clusters = batches.pairs[rows, 3]
            near[torch.from_numpy((batches.pairs[here, 3][:, None] == clusters[None]) & (clusters[None] >= 0))] = -1
            best = near.topk(min(count, len(rows)), dim=1)
            found[here, :best.indices.shape[1]] = np.where(best.values.numpy() > 0, rows[best.indices.numpy()], -1)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--work', type=Path, default='train/work/embed')
    options.add_argument('--steps', type=int, default=4000)
    options.add_argument('--seed', type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    (given.work / 'neighbours.npy').unlink(missing_ok=True)
    batches = Batches(given.work, load_tokenizer(given.work), given.seed)
    vectors, curve = learn(batches, np.load(given.work / 'vectors.npy'), given.steps)
    np.save(given.work / 'bag.npy', vectors)
    (given.work / 'bag.json').write_text(json.dumps(curve))
    np.save(given.work / 'neighbours.npy', neighbours(batches, vectors))


if __name__ == '__main__':
    main()
