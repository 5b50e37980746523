"""Words of other languages for the reader: each takes the vector of its English meaning.

What the reader learnt in English it then does, roughly, in German, French, Spanish and Japanese: its word vectors stay as they are in
training, so words can be added behind. `reader_words/<language>.tsv`: a form, a tab, one to three English words (written for this
project, CC0 1.0). How much it is worth in a language is measured in the app, by the exam of `main/meaning/exam.ts`.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from .corpus import rows
from .encoder import Shape
from .reader import LENGTH, Reader
from .wordpiece import LONGEST_PIECE, WordPiece, words

COMMON = 17_000
EMBEDDER_PIECES = 16_384
"""These are English, or parts of words, whatever else they mean; words behind them that only GloVe knows are rarely English."""


def without_names(reader: Reader, tokenizer: WordPiece, corpus: Path) -> tuple[Reader, WordPiece]:
    """Leaves out what only news need: rarer words that WordNet does not have. They are read in pieces."""
    known = {word for row in rows('text', {'wordnet_glosses'}, str(corpus)) for word in words(row['text'])}
    kept = [index for index, name in enumerate(tokenizer.vocabulary) if index < EMBEDDER_PIECES + COMMON or name in known]
    return _with_vocabulary(reader, [tokenizer.vocabulary[index] for index in kept], reader.encoder.pieces.weight.detach().numpy()[kept])


def with_words(reader: Reader, tokenizer: WordPiece, folder: Path) -> tuple[Reader, WordPiece]:
    vectors = reader.encoder.pieces.weight.detach().numpy().copy()
    added: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob('*.tsv')):
        for line in path.read_text(encoding='utf-8').splitlines():
            form, _, meaning = line.partition('\t')
            name, vector = _key(form.strip()), _meaning(meaning, vectors, tokenizer)
            if name is None or vector is None:
                continue
            index = tokenizer.ids.get(name)
            if index is None:
                added.setdefault(name, vector)
            elif index >= EMBEDDER_PIECES:
                vectors[index] = vector
    more = np.array(list(added.values()), np.float32).reshape(-1, vectors.shape[1])
    return _with_vocabulary(reader, [*tokenizer.vocabulary, *added], np.concatenate([vectors, more]))


def _with_vocabulary(reader: Reader, vocabulary: list[str], vectors: np.ndarray) -> tuple[Reader, WordPiece]:
    other = Reader(Shape(**{**vars(reader.encoder.shape), 'vocabulary': len(vocabulary)}))
    other.load_state_dict({**reader.state_dict(), 'encoder.pieces.weight': torch.from_numpy(vectors)})
    return other.eval(), WordPiece(vocabulary)


def _key(form: str) -> str | None:
    """As the tokenizer cuts it; None where it is more than one word."""
    inside = form.startswith('##')
    found = words(form.removeprefix('##'))
    return ('##' if inside else '') + found[0] if len(found) == 1 and len(found[0]) <= LONGEST_PIECE else None


def _meaning(english: str, vectors: np.ndarray, tokenizer: WordPiece) -> np.ndarray | None:
    """The first word says most."""
    known = [tokenizer.ids[word] for word in words(english)[:3] if word in tokenizer.ids]
    if not known:
        return None
    mean = sum(vectors[index] / place for place, index in enumerate(known, 1))
    return (mean / np.linalg.norm(mean) * LENGTH).astype(np.float32)
