"""Turns the corpus into token ids for the embedder, and its vocabulary.

    python3 -m train.embed_data [--corpus FOLDER] [--work train/work/embed] [--vocabulary 16384]

Writes `vocabulary.json` and `texts.npz`: every text once, as ids in one long row, and what belongs together:
  ids (N,) uint16, starts (T + 1,) int64           text t is ids[starts[t]:starts[t + 1]]
  pairs (P, 4) int32                               query text, positive text, source, cluster (-1: none)
  passages (D, 2) int64                            sentences of a passage are the texts from .. to - 1
  dialogues (C, 2) int64                           likewise the turns of a conversation
Share-alike sources are used (the weights are CC BY-SA 4.0); see the corpus's SOURCES.md.
"""
from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any, Iterator

import numpy as np
import regex

from .wordpiece import WordPiece, learn, words

# A full stop after these or after a single letter ends no sentence.
SENTENCE = regex.compile(r'(?<=[.!?]["\')]?)(?<!\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|vs|No|U\.S|e\.g|i\.e)\.)\s+(?=["\'(]?[A-Z0-9])|\n+')
LONGEST_TEXT = 400  # tokens


def rows(corpus: Path, kind: str) -> Iterator[dict[str, Any]]:
    files = sorted(corpus.glob(f'{kind}*.jsonl.gz'))
    if not files:
        raise SystemExit(f'No {kind}*.jsonl.gz in {corpus}. Give the corpus with --corpus or ENGRAM_CORPUS.')
    for file in files:
        with gzip.open(file, 'rt', encoding='utf-8') as lines:
            yield from map(json.loads, lines)


def sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE.split(text) if sentence.strip()]


def count_words(corpus: Path) -> Counter[str]:
    """Words of all texts, queries and turns. Names and words of dialogues count as much as those of books."""
    counts: Counter[str] = Counter()
    for row in rows(corpus, 'text'):
        counts.update(words(row['text']))
    for row in rows(corpus, 'pairs'):
        counts.update(words(row['query']))
        counts.update(words(row['positive']))
    for row in rows(corpus, 'dialogue'):
        counts.update(words(' '.join(turn['text'] for turn in row['turns'])))
    for row in rows(corpus, 'instruct'):
        counts.update(words(row['instruction'] + ' ' + row['response']))
    return counts


class Texts:
    """Collects the token ids of texts; the same text is kept once, unless it is part of a passage."""

    def __init__(self, tokenizer: WordPiece):
        self.tokenizer = tokenizer
        self.flat: list[np.ndarray] = []
        self.known: dict[str, int] = {}

    def append(self, text: str) -> int:
        self.flat.append(np.array(self.tokenizer.encode(text)[:LONGEST_TEXT], np.uint16))
        return len(self.flat) - 1

    def once(self, text: str) -> int:
        if text not in self.known:
            self.known[text] = self.append(text)
        return self.known[text]

    def span(self, parts: list[str]) -> tuple[int, int]:
        first = len(self.flat)
        for part in parts:
            self.append(part)
        return first, len(self.flat)


def pairs_of(corpus: Path) -> Iterator[tuple[str, str, str, str | None]]:
    """Query, positive, source, cluster."""
    for row in rows(corpus, 'pairs'):
        yield row['query'], row['positive'], row['source'], row.get('cluster')
    for row in rows(corpus, 'instruct'):
        if row['source'] in ('dolly', 'self_instruct') and len(row['response']) > 20:
            yield row['instruction'], row['response'][:1200], row['source'], None
    for row in rows(corpus, 'text'):
        if row['source'] == 'wordnet_glosses':
            yield from synonyms(row['text'])


def synonyms(text: str) -> Iterator[tuple[str, str, str, str | None]]:
    """Lines "abducent, abducting: …" say which words mean the same."""
    for line in text.split('\n'):
        names = line.split(':')[0].split(', ')
        for first, second in zip(names, names[1:]):
            if max(len(first), len(second)) < 40:
                yield first, second, 'wordnet_synonyms', None


def tokenise(corpus: Path, tokenizer: WordPiece) -> dict[str, np.ndarray]:
    texts = Texts(tokenizer)
    sources: dict[str, int] = {}
    clusters: dict[str, int] = {}
    pairs = []
    for query, positive, source, cluster in pairs_of(corpus):
        number = -1 if cluster is None else clusters.setdefault(cluster, len(clusters))
        pairs.append((texts.once(query), texts.once(positive), sources.setdefault(source, len(sources)), number))
    passages = [texts.span(sentences(row['text'])) for row in rows(corpus, 'text') if row['source'] != 'wordnet_glosses']
    dialogues = [texts.span([turn['text'] for turn in row['turns']]) for row in rows(corpus, 'dialogue')]
    return {
        'ids': np.concatenate(texts.flat),
        'starts': np.cumsum([0] + [len(ids) for ids in texts.flat]),
        'pairs': np.array(pairs, np.int32),
        'sources': np.array(list(sources)),
        'passages': np.array(passages),
        'dialogues': np.array(dialogues),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--corpus', type=Path, default=os.environ.get('ENGRAM_CORPUS', '../../shared/corpus'))
    options.add_argument('--work', type=Path, default='train/work/embed')
    options.add_argument('--vocabulary', type=int, default=16_384)
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    counts = count_words(Path(given.corpus))
    vocabulary = learn(counts, given.vocabulary)
    tokenizer = WordPiece(vocabulary)
    unknown = sum(count for word, count in counts.items() if tokenizer.pieces(word) == [1])
    pieces = sum(count * len(tokenizer.pieces(word)) for word, count in counts.items())
    print(f'{len(vocabulary)} pieces; {sum(counts.values())} words in {pieces} pieces, {unknown} unknown', flush=True)
    (given.work / 'vocabulary.json').write_text(json.dumps(vocabulary, ensure_ascii=False))
    made = tokenise(Path(given.corpus), tokenizer)
    np.savez(given.work / 'texts.npz', **made)
    print({name: array.shape for name, array in made.items()})


if __name__ == '__main__':
    main()
