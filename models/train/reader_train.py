"""Trains the reader: first on pairs of the corpus, then on the cards too.

    python3 -m train.reader_train --minutes 25 --share 0                     # corpus alone
    python3 -m train.reader_train --minutes 25 --share 0.6 --from FILE       # cards: six lines in ten

A group counts twice: each line by itself (does it tell the answer?), and the lines against each other (which of them tells it?).
"""
from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .encoder import Layer, Shape, in_chunks
from .wordpiece import WordPiece
from .reader import Reader, framed, kept, load
from .reader_data import Group

LINES = 224
CHUNK = 4096  # tokens computed at once
RATE = 1.5e-3


def draw_batch(pools: list[tuple[list[Group], float]], rng: random.Random) -> tuple[list[list[int]], list[bool], list[int]]:
    rows, tells, starts = [], [], [0]
    while len(rows) < LINES:
        pool = rng.choices([pool for pool, _ in pools], [share for _, share in pools])[0]
        question, lines, _ = rng.choice(pool)
        rows += [framed(question, line) for line, _ in lines]
        tells += [told for _, told in lines]
        starts.append(len(rows))
    return rows, tells, starts


def loss_of(scores: torch.Tensor, tells: torch.Tensor, starts: list[int]) -> torch.Tensor:
    each = F.binary_cross_entropy_with_logits(scores, tells)
    among = []
    for start, end in zip(starts, starts[1:]):
        told = tells[start:end] > 0
        if told.any() and not told.all():
            among.append(torch.logsumexp(scores[start:end], 0) - torch.logsumexp(scores[start:end][told], 0))
    return each + 0.3 * torch.stack(among).mean() if among else each


def auroc(good: np.ndarray, bad: np.ndarray) -> float:
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


@torch.no_grad()
def examine(reader: Reader, groups: list[Group]) -> dict[str, float]:
    """Questions with their lines. `first`: a line that tells stands first. `missing`: AUROC of the best line's score, with the lines that tell against without."""
    reckoning, Layer.reckoning = Layer.reckoning, torch.float32
    flat = reader.read([(question, line) for question, lines, _ in groups for line, _ in lines])
    Layer.reckoning = reckoning
    first, best, rest, start = [], [], [], 0
    for _, lines, _ in groups:
        scores, told = flat[start:start + len(lines)], np.array([told for _, told in lines])
        start += len(lines)
        if told.any() and not told.all():
            first.append(told[scores.argmax()])
            best.append(scores.max())
            rest.append(scores[~told].max())
    return {'first': round(float(np.mean(first)), 3), 'missing': round(auroc(np.array(best), np.array(rest)), 3)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--work', type=Path, default='train/work/reader')
    options.add_argument('--from', dest='begin', type=Path)
    options.add_argument('--checkpoint', type=Path, default='train/work/reader/reader.pt')
    options.add_argument('--minutes', type=float, default=25)
    options.add_argument('--share', type=float, default=0.0)
    options.add_argument('--near', type=float, default=0.7)
    options.add_argument('--layers', type=int, default=3)
    options.add_argument('--inner', type=int, default=768)
    options.add_argument('--rate', type=float, default=1.0)
    options.add_argument('--threads', type=int, default=1)
    options.add_argument('--plain', action='store_true')
    options.add_argument('--sources', nargs='+', default=['squad', 'trivia', 'facts'])
    options.add_argument('--seed', type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    Layer.reckoning = torch.float32 if given.plain else torch.bfloat16
    if given.begin:
        reader, tokenizer = load(given.begin)
        reader.train()
    else:
        words = np.load(given.work / 'words.npz')
        tokenizer, vectors = WordPiece(json.loads(str(words['vocabulary']))), words['vectors']
        reader = Reader(Shape(*vectors.shape, given.layers, heads=6, inner=given.inner, window=128))
        reader.start_from(vectors, given.seed)
    reader.encoder.pieces.weight.requires_grad_(False)
    corpus = pickle.loads((given.work / 'corpus.pickle').read_bytes())
    held = {source: [group for group in corpus if group[2] == source][:150] for source in ('squad', 'facts')}
    skip = {id(group) for groups in held.values() for group in groups}
    pools = [([group for group in corpus if id(group) not in skip and group[2] in given.sources], 1 - given.share)]
    if given.share > 0:
        cards = pickle.loads((given.work / 'cards.pickle').read_bytes())
        pools.append(([group for group in cards if group[2] == 'card yes'], given.share * (1 - given.near)))
        if given.near > 0:
            pools.append(([group for group in pickle.loads((given.work / 'near.pickle').read_bytes()) if len(group[1]) > 4], given.share * given.near))
        held['cards'] = [group for group in pickle.loads((given.work / 'cardsheld.pickle').read_bytes()) if group[2] == 'card yes'][:400]
        held['near'] = pickle.loads((given.work / 'nearheld.pickle').read_bytes())[:600]
    train(reader, tokenizer, pools, held, given)


def train(reader, tokenizer, pools, held, given) -> None:
    learnt = [weight for weight in reader.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    rng, begun, step, losses, examined, curve = random.Random(given.seed), time.time(), 0, [], time.time(), []
    lines = 0
    while (spent := (time.time() - begun) / 60) < given.minutes:
        for group in optimiser.param_groups:
            group['lr'] = given.rate * RATE * min(1, (step + 1) / 100) * max(0.02, 1 - spent / given.minutes)
        rows, tells, starts = draw_batch(pools, rng)
        loss = loss_of(in_chunks(reader, rows, CHUNK), torch.tensor(tells, dtype=torch.float32), starts)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        losses.append(loss.item())
        lines += len(rows)
        step += 1
        if time.time() - examined > 90 or step == 60:
            examined = time.time()
            curve.append({'minutes': round(spent, 1), 'step': step, 'loss': round(float(np.mean(losses[-100:])), 4), **{name: examine(reader, groups) for name, groups in held.items()}})
            print(json.dumps(curve[-1]), f'{lines / (time.time() - begun):.0f} lines/s', flush=True)
            torch.save({**kept(reader, tokenizer), 'curve': curve}, given.checkpoint)
    curve.append({'minutes': given.minutes, 'step': step, **{name: examine(reader, groups) for name, groups in held.items()}})
    print(json.dumps(curve[-1]))
    torch.save({**kept(reader, tokenizer), 'curve': curve}, given.checkpoint)


if __name__ == '__main__':
    main()
