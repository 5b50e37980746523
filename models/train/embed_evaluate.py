"""Measures an embedder on the evaluation sets, which it never learns from.

    python3 -m train.embed_evaluate FILE.gguf|CHECKPOINT.pt [--eval FOLDER] [--json]

sts       STS 2012-16: Spearman correlation of cosine and human score, mean over the 26 sets
squad     SQuAD dev: share of questions whose paragraph is among the first five of 1,204, by words (BM25), by meaning, by both
locomo    LoCoMo: share of a question's evidence among the first ten turns of its conversation, likewise; the app's own search
          is stronger than this BM25, and measured by `npm run bench -- recall`
"""
from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Callable

import numpy as np

from .wordpiece import words

Embed = Callable[[list[str]], np.ndarray]  # texts -> (texts, dimensions), rows of length 1
FUSED_WEIGHT = 0.45  # of meaning, beside words, both as standard scores over the question's candidates


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def sts(embed: Embed, folder: Path) -> dict[str, float]:
    with gzip.open(folder / 'sts/sts12_16_test.jsonl.gz', 'rt') as lines:
        pairs = [json.loads(line) for line in lines]
    first, second = embed([pair['s1'] for pair in pairs]), embed([pair['s2'] for pair in pairs])
    near = (first * second).sum(1)
    sets: dict[str, list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        sets[f"{pair['year']} {pair['set']}"].append(index)
    scores = np.array([pair['score'] for pair in pairs])
    found = {name: spearman(near[members], scores[members]) for name, members in sets.items()}
    return {'mean': float(np.mean(list(found.values()))), **found}


def bm25(queries: list[str], documents: list[str]) -> np.ndarray:
    """(queries, documents), k1 = 1.2, b = 0.75, words as they stand."""
    bags = [Counter(words(document)) for document in documents]
    lengths = np.array([sum(bag.values()) for bag in bags])
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, bag in enumerate(bags):
        for word, count in bag.items():
            holders[word].append((index, count))
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    weights: dict[str, np.ndarray] = {}
    scores = np.zeros((len(queries), len(documents)), np.float32)
    for row, query in enumerate(queries):
        for word in words(query):
            if word not in weights and word in holders:
                at, counts = np.array(holders[word]).T
                column = np.zeros(len(documents), np.float32)
                column[at] = np.log(1 + (len(bags) - len(at) + 0.5) / (len(at) + 0.5)) * counts * 2.2 / (counts + norm[at])
                weights[word] = column
            if word in weights:
                scores[row] += weights[word]
    return scores


def fuse(lexical: np.ndarray, meaning: np.ndarray, weight: float = FUSED_WEIGHT) -> np.ndarray:
    standard = lambda scores: (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-6)
    return (1 - weight) * standard(lexical) + weight * standard(meaning)


def squad(embed: Embed, folder: Path) -> dict[str, float]:
    with gzip.open(folder / 'squad_dev/squad_dev_v2.json.gz', 'rt') as file:
        data = json.load(file)
    place = {paragraph['id']: index for index, paragraph in enumerate(data['paragraphs'])}
    asked = [question for question in data['questions'] if not question['is_impossible']]
    gold = np.array([place[question['pid']] for question in asked])
    texts, questions = [paragraph['text'] for paragraph in data['paragraphs']], [question['question'] for question in asked]
    lexical, meaning = bm25(questions, texts), embed(questions) @ embed(texts).T

    def recall(scores: np.ndarray, depth: int = 5) -> float:
        own = scores[np.arange(len(gold)), gold]
        return float(((scores > own[:, None]).sum(1) < depth).mean())
    by_weight = {f'fused {weight:.2f}': recall(fuse(lexical, meaning, weight)) for weight in (0.2, 0.3, 0.4, 0.5, 0.6)}
    return {'words': recall(lexical), 'dense': recall(meaning), 'dense at 1': recall(meaning, 1), 'fused': recall(fuse(lexical, meaning)), **by_weight}


def locomo(embed: Embed, folder: Path) -> dict[str, float]:
    samples = json.loads((folder / 'locomo/locomo10.json').read_text())
    evidence = [json.loads(line) for line in (folder / 'locomo/evidence_corrected.jsonl').read_text().splitlines()]
    found: dict[str, list[float]] = defaultdict(list)
    for number, sample in enumerate(samples):
        conversation = sample['conversation']
        sessions = [value for key, value in conversation.items() if key.startswith('session_') and isinstance(value, list)]
        turns = [turn for session in sessions for turn in session]
        texts = [' '.join(filter(None, (f"{turn['speaker']}:", turn['text'], turn.get('blip_caption')))) for turn in turns]
        place = {turn['dia_id']: index for index, turn in enumerate(turns)}
        asked = [(sample['qa'][row['qa']]['question'], [place[name] for name in row['evidence'] if name in place])
                 for row in evidence if row['conv'] == number and row['category'] != 5]
        asked = [(question, gold) for question, gold in asked if gold]
        questions = [question for question, _ in asked]
        lexical, meaning = bm25(questions, texts), embed(questions) @ embed(texts).T
        for name, scores in (('words', lexical), ('dense', meaning), ('fused', fuse(lexical, meaning, 0.4))):
            best = np.argsort(-scores, axis=1)[:, :10]
            found[name] += [len(set(gold) & set(row)) / len(set(gold)) for (_, gold), row in zip(asked, best)]
    return {name: float(np.mean(values)) for name, values in found.items()}


def evaluate(embed: Embed, folder: Path) -> dict[str, dict[str, float]]:
    return {'sts': sts(embed, folder), 'squad': squad(embed, folder), 'locomo': locomo(embed, folder)}


def line(figures: dict[str, dict[str, float]]) -> str:
    """The figures that matter, for a log."""
    return ' '.join(f'{test}.{name} {figures[test][name]:.4f}' for test, name in (
        ('sts', 'mean'), ('squad', 'dense'), ('squad', 'fused'), ('locomo', 'dense'), ('locomo', 'words'), ('locomo', 'fused')))


def main() -> None:
    from .encoder import load
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('model', type=Path)
    options.add_argument('--eval', type=Path, default=os.environ.get('ENGRAM_EVAL', '../../shared/eval'))
    options.add_argument('--json', action='store_true')
    given = options.parse_args()
    encoder, tokenizer = load(given.model)
    figures = evaluate(lambda texts: encoder.embed(texts, tokenizer), Path(given.eval))
    print(json.dumps(figures, indent=1) if given.json else line(figures))


if __name__ == '__main__':
    main()
