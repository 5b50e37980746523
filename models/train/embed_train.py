"""The embedder's second half: the encoder, started from the learnt word vectors, on the same pairs with hard negatives.

    python3 -m train.embed_train [--work train/work/embed] [--checkpoint train/work/embed/encoder.pt] [--steps 1500] [--seed 1]

Continues from the checkpoint where there is one (a checkpoint is written every few minutes). Order of commands, all from
`models/`: train.embed_data, train.embed_vectors, train.embed_bag, train.embed_train, train.embed_export.
"""
from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from .embed_bag import contrast
from .embed_batches import Batches, load_tokenizer
from .encoder import BALLAST, Encoder, Layer, Shape, framed, in_chunks, kept

BLOCKS, BLOCK = 4, 96
LONGEST = 80
RATES = {'words': 7e-4, 'layers': 1e-3}
CHUNK = 4096  # tokens computed at once: texts of like length together, so little is padding
SAVE_SECONDS = 180


def encode(encoder: Encoder, rows: list[np.ndarray]) -> torch.Tensor:
    """(rows, width), in the order given."""
    return in_chunks(encoder, [np.array(framed(row.tolist(), encoder.shape.window)) for row in rows], CHUNK)


def begin(work: Path, layers: int, inner: int) -> tuple[Encoder, np.ndarray]:
    bag = np.load(work / 'bag.npy')
    bag[:5] = 0  # [CLS] and [SEP] add nothing to a mean
    bag /= np.quantile(np.linalg.norm(bag, axis=1), 0.98)
    encoder = Encoder(Shape(len(bag), bag.shape[1] + BALLAST, layers, inner=inner))
    encoder.start_from(bag.astype(np.float32))
    return encoder, bag


def optimiser_for(encoder: Encoder) -> torch.optim.Optimizer:
    words = [encoder.pieces.weight, encoder.positions.weight]
    layers = [weight for weight in encoder.parameters() if not any(weight is word for word in words)]
    return torch.optim.AdamW([{'params': words, 'rate': RATES['words'], 'weight_decay': 0.0}, {'params': layers, 'rate': RATES['layers'], 'weight_decay': 0.01}],
                             lr=1e-3, betas=(0.9, 0.98))


def train(encoder: Encoder, batches: Batches, given: argparse.Namespace) -> None:
    optimiser, first, curve, spent = optimiser_for(encoder), 0, [], 0.0
    if given.checkpoint.exists():
        state = torch.load(given.checkpoint)
        encoder.load_state_dict(state['encoder'])
        optimiser.load_state_dict(state['optimiser'])
        first, curve, spent = state['step'], state['curve'], state['seconds']
        batches.rng = np.random.default_rng([given.seed, first])
    save = lambda step: torch.save({**kept(encoder, batches.tokenizer), 'optimiser': optimiser.state_dict(), 'step': step, 'curve': curve,
                                    'seconds': spent + time.time() - begun}, given.checkpoint)
    begun = saved = time.time()
    losses, rights, tokens = [], [], 0
    for step in range(first, given.steps):
        for group in optimiser.param_groups:
            group['lr'] = group['rate'] * min(1, (step + 1) / 60) * max(0.02, 1 - step / given.steps)
        queries, positives, groups = batches.draw(BLOCKS, BLOCK)
        both = encode(encoder, queries + positives)
        loss, right = contrast(both[:len(queries)], both[len(queries):], groups)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        losses.append(loss.item())
        rights.append(right)
        tokens += sum(map(len, queries)) + sum(map(len, positives))
        if step % 25 == 24 or step == given.steps - 1:
            curve.append({'step': step + 1, 'seconds': round(spent + time.time() - begun, 1), 'loss': round(float(np.mean(losses)), 4), 'right': round(float(np.mean(rights)), 4)})
            print(curve[-1], f'{tokens / (time.time() - begun):.0f} tokens/s', flush=True)
            losses, rights = [], []
        if time.time() - saved > SAVE_SECONDS:
            save(step + 1)
            saved = time.time()
    save(given.steps)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--work', type=Path, default='train/work/embed')
    options.add_argument('--checkpoint', type=Path, default='train/work/embed/encoder.pt')
    options.add_argument('--steps', type=int, default=1500)
    options.add_argument('--layers', type=int, default=2)
    options.add_argument('--inner', type=int, default=768)
    options.add_argument('--seed', type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    Layer.reckoning = torch.bfloat16
    encoder, _ = begin(given.work, given.layers, given.inner)
    train(encoder, Batches(given.work, load_tokenizer(given.work), given.seed + 1, LONGEST), given)


if __name__ == '__main__':
    main()
