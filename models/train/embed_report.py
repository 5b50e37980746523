"""Writes the settings, the curves and the measured figures of a run: `runs/embedder.json` and `runs/embedder.png`.

    python3 -m train.embed_report [--work train/work/embed] [--file starter/embed-f16.gguf] [--eval FOLDER]

The figures are of the exported file, read back into PyTorch; `npm run bench -- starter --embedder` measures it in the app's engine.
"""
from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import matplotlib
import torch

from . import embed_bag, embed_batches, embed_train, embed_vectors
from .embed_evaluate import evaluate
from .encoder import load

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  (only after the backend is chosen)


def settings(checkpoint: dict) -> dict:
    return {
        'shape': checkpoint['shape'],
        'vectors': {'window': embed_vectors.WINDOW, 'smoothing': embed_vectors.SMOOTHING, 'common': embed_vectors.COMMON},
        'bag': {'blocks': embed_bag.BLOCKS, 'block': embed_bag.BLOCK, 'temperature': embed_bag.TEMPERATURE, 'alike': embed_bag.ALIKE},
        'encoder': {'blocks': embed_train.BLOCKS, 'block': embed_train.BLOCK, 'longest': embed_train.LONGEST, 'rates': embed_train.RATES},
        'shares': embed_batches.SHARES,
    }


def smoothed(values: list[float], width: int = 5) -> list[float]:
    return [sum(values[max(0, end - width):end]) / min(end, width) for end in range(1, len(values) + 1)]


def plot(bag: list[dict], encoder: list[dict], path: Path) -> None:
    figure, sides = pyplot.subplots(1, 2, figsize=(8, 2.8), dpi=80)
    for side, (name, curve) in zip(sides, (('word vectors (no layers)', bag), ('encoder', encoder))):
        minutes = [point['seconds'] / 60 for point in curve]
        side.plot(minutes, smoothed([point['loss'] for point in curve]), color='tab:blue')
        side.set(title=name, xlabel='minutes', ylabel='loss')
        share = side.twinx()
        share.plot(minutes, smoothed([point['right'] for point in curve]), color='tab:green')
        share.set_ylabel('own positive closest')
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--work', type=Path, default='train/work/embed')
    options.add_argument('--checkpoint', type=Path, default='train/work/embed/encoder.pt')
    options.add_argument('--file', type=Path, default='starter/embed-f16.gguf')
    options.add_argument('--eval', type=Path, default=os.environ.get('ENGRAM_EVAL', '../../shared/eval'))
    options.add_argument('--runs', type=Path, default='train/runs')
    given = options.parse_args()
    torch.set_num_threads(1)
    checkpoint = torch.load(given.checkpoint, map_location='cpu')
    bag = json.loads((given.work / 'bag.json').read_text())
    encoder, tokenizer = load(given.file)
    figures = evaluate(lambda texts: encoder.embed(texts, tokenizer), Path(given.eval))
    run = {'settings': settings(checkpoint), 'figures': figures, 'bag': bag, 'encoder': checkpoint['curve']}
    (given.runs / 'embedder.json').write_text(json.dumps(run, indent=1).replace('\n   ', ' ').replace('\n  }', ' }') + '\n')
    plot(bag, checkpoint['curve'], given.runs / 'embedder.png')
    print(json.dumps(figures, indent=1))


if __name__ == '__main__':
    main()
