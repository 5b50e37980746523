"""Writes the trained reader as a GGUF file that llama.cpp ranks with, and what PyTorch makes of a few pairs, for the parity test.

    python3 -m train.reader_export [--checkpoint train/work/reader/reader.pt] [--words train/reader_words] [--file starter/reader-q8_0.gguf]
                                   [--reference starter/reference/reader.json] [--type Q8_0]

The reference holds the file's sha256 and, of each case, question, line and the probability that the line tells the answer (six
digits), computed from the weights before they are rounded to the file's type.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path

import numpy as np

from . import gguf
from .embed_export import TEXTS, metadata as embedder_metadata
from .reader import LINE, QUESTION, load, tensors
from .reader_elsewhere import with_words, without_names

RANK = 4
ASKED = ['Where does my sister live?', 'What do I take my coffee with?', 'When is it?', 'a question of very many words that goes on and on until it has far more pieces than it has places for, and then some']


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--checkpoint', type=Path, default='train/work/reader/reader.pt')
    options.add_argument('--file', type=Path, default='starter/reader-q8_0.gguf')
    options.add_argument('--reference', type=Path, default='starter/reference/reader.json')
    options.add_argument('--corpus', type=Path, default=os.environ.get('ENGRAM_CORPUS', '../../shared/corpus'))
    options.add_argument('--words', type=Path, default='train/reader_words')
    options.add_argument('--type', default='Q8_0', choices=list(gguf.TYPES))
    given = options.parse_args()
    reader, tokenizer = with_words(*without_names(*load(given.checkpoint), given.corpus), given.words)
    metadata = {**embedder_metadata(reader.encoder, tokenizer), 'general.name': 'Engram reader', 'bert.pooling_type': RANK, 'engram.reader.question_tokens': QUESTION, 'engram.reader.line_tokens': LINE}
    gguf.write(given.file, metadata, tensors(reader), given.type)
    data = given.file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    pairs = [(question, line) for question in ASKED for line in TEXTS if len(tokenizer.encode(line)) <= LINE]
    odds = reader.read([(tokenizer.encode(question), tokenizer.encode(line)) for question, line in pairs])
    cases = [json.dumps({'question': question, 'line': line, 'tells': round(float(1 / (1 + np.exp(-odd))), 6)}, ensure_ascii=False)
             for (question, line), odd in zip(pairs, odds)]
    given.reference.parent.mkdir(parents=True, exist_ok=True)
    given.reference.write_text(f'{{"sha256": "{digest}", "cases": [\n' + ',\n'.join(cases) + '\n]}\n')
    print(json.dumps({'sha256': digest, 'sizeBytes': len(data), 'parameters': sum(weight.numel() for weight in reader.parameters())}))


if __name__ == '__main__':
    main()
