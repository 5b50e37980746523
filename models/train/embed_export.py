"""Writes the trained embedder as a GGUF file, and what PyTorch makes of a few texts, for the parity test.

    python3 -m train.embed_export [--checkpoint train/work/embed/encoder.pt] [--file starter/embed-f16.gguf]
                                  [--reference starter/reference/embed.json] [--type F16]

The reference holds the file's sha256 and, of each case, the text, its token ids (no [CLS], [SEP]) and its vector (float32, length
1, six digits), computed from the weights before they are rounded to the file's type.
"""
from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from . import gguf
from .encoder import Encoder, load, tensors
from .wordpiece import CLS, MASK, PAD, SEP, UNK, WordPiece

TEXTS = [
    'You: My sister lives in Porto.',
    'Where does my sister live?',
    'Assistant: You told me that your bike lock code is 4471.',
    'Joanna: I finally finished my screenplay and printed it last Friday! a photo of a stack of paper on a desk',
    'When did Joanna finish her screenplay?',
    'What do I take my coffee with?',
    "Ana's café costs €12.50 — naïve?",
    'HELLO World 日本 don\'t',
    'über straße_foo @home #tag 50% a+b=c',
    'x',
    'The committee approved the budget after a long debate, although several members had asked for more time.',
    'A man is playing a guitar on stage.',
    'Someone plays an instrument in front of an audience.',
    'tabs\tand\nnew lines,  double  spaces',
    '“Curly quotes” and ‘single ones’ … and an ellipsis',
    '🙂 emoji 👍🏽 here',
    'Antidisestablishmentarianism zyxwvutsrqp Przybyszewski',
    '12:45 on 4 March 2026, 1,234.56 kg',
    'Ελληνικά и русский текст',
    'The water cycle describes how water moves between the ground, the sea and the air. It evaporates, forms clouds, and falls as rain or snow. '
    'Some of it runs off in rivers, some is taken up by plants, and some seeps into the ground, where it may stay for thousands of years before it '
    'comes back to the surface in springs. The sun drives the whole of it; without its heat nothing would evaporate.',
]


def metadata(encoder: Encoder, tokenizer: WordPiece) -> dict[str, Any]:
    shape, tokens = encoder.shape, tokenizer.gguf_tokens()
    special = {'padding': PAD, 'unknown': UNK, 'cls': CLS, 'bos': CLS, 'eos': SEP, 'seperator': SEP, 'mask': MASK}  # the misspelling is llama.cpp's
    return {
        'general.architecture': 'bert', 'general.type': 'model', 'general.name': 'Engram embedder', 'general.license': 'cc-by-sa-4.0',
        'bert.context_length': shape.window, 'bert.embedding_length': shape.width, 'bert.block_count': shape.layers,
        'bert.feed_forward_length': shape.inner, 'bert.attention.head_count': shape.heads, 'bert.attention.layer_norm_epsilon': float(shape.epsilon),
        'bert.attention.causal': False, 'bert.pooling_type': 1,
        'tokenizer.ggml.model': 'bert', 'tokenizer.ggml.pre': 'default', 'tokenizer.ggml.tokens': tokens,
        'tokenizer.ggml.token_type': [3 if index <= MASK else 1 for index in range(len(tokens))], 'tokenizer.ggml.token_type_count': 2,
        **{f'tokenizer.ggml.{name}_token_id': index for name, index in special.items()},
        'tokenizer.ggml.add_bos_token': True, 'tokenizer.ggml.add_eos_token': True,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--checkpoint', type=Path, default='train/work/embed/encoder.pt')
    options.add_argument('--file', type=Path, default='starter/embed-f16.gguf')
    options.add_argument('--reference', type=Path, default='starter/reference/embed.json')
    options.add_argument('--type', default='F16', choices=list(gguf.TYPES))
    given = options.parse_args()
    encoder, tokenizer = load(given.checkpoint)
    gguf.write(given.file, metadata(encoder, tokenizer), tensors(encoder), given.type)
    data = given.file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    cases = [json.dumps({'text': text, 'ids': tokenizer.encode(text), 'vector': [round(float(value), 6) for value in vector]}, ensure_ascii=False)
             for text, vector in zip(TEXTS, encoder.embed(TEXTS, tokenizer))]
    given.reference.parent.mkdir(parents=True, exist_ok=True)
    given.reference.write_text(f'{{"sha256": "{digest}", "cases": [\n' + ',\n'.join(cases) + '\n]}\n')
    print(json.dumps({'sha256': digest, 'sizeBytes': len(data), 'parameters': sum(weight.numel() for weight in encoder.parameters())}))


if __name__ == '__main__':
    main()
