"""Writes the chat base, or an adapter for it, as GGUF, and reads a base back to go on training from it.

    python3 -m train.export_chat work/chat.pt ../starter/chat-f16.gguf [--type F16|Q8_0|F32]
"""
import argparse
import pathlib

import numpy as np
import torch

from . import gguf
from .model import EPSILON, OUTPUT_SCALE, SHAPES, Llama, Shape
from .tokenizer import SPECIAL, Tokenizer

WINDOW = 2_048
TEMPLATE = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
_NAMES = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output", "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down"}


def interleaved(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows of q or k from half-split RoPE to llama.cpp's pairs."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(rows.shape)


def half_split(rows: np.ndarray, heads: int) -> np.ndarray:
    return rows.reshape(heads, rows.shape[0] // heads // 2, 2, -1).swapaxes(1, 2).reshape(rows.shape)


def _heads(name: str, shape: Shape) -> int:
    return {"q": shape.heads, "k": shape.key_value_heads}.get(name, 0)


def base(model: Llama, path: pathlib.Path, kind: str = "F16") -> None:
    shape, tokenizer = model.shape, Tokenizer()
    metadata = {
        "general.architecture": "llama", "general.type": "model", "general.name": "Engram starter chat", "general.license": "apache-2.0",
        "llama.context_length": WINDOW, "llama.embedding_length": shape.width, "llama.block_count": shape.layers,
        "llama.feed_forward_length": shape.feed_forward, "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.key_value_heads, "llama.attention.key_length": shape.head_width,
        "llama.attention.value_length": shape.head_width, "llama.attention.layer_norm_rms_epsilon": EPSILON,
        "llama.rope.dimension_count": shape.head_width, "llama.rope.freq_base": shape.theta, "llama.vocab_size": shape.vocab,
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm", "tokenizer.ggml.tokens": tokenizer.vocab,
        "tokenizer.ggml.token_type": [3 if token in SPECIAL else 1 for token in tokenizer.vocab],
        "tokenizer.ggml.merges": [" ".join(pair) for pair in tokenizer.merges],
        "tokenizer.ggml.bos_token_id": tokenizer.end_of_text, "tokenizer.ggml.eos_token_id": tokenizer.im_end,
        "tokenizer.ggml.padding_token_id": tokenizer.end_of_text, "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": TEMPLATE,
    }
    ones = np.ones(shape.width, np.float32)
    tensors = {"token_embd.weight": model.embedding.detach().float().cpu().numpy(), "output_norm.weight": ones * OUTPUT_SCALE}
    for index, block in enumerate(model.blocks):
        tensors[f"blk.{index}.attn_norm.weight"] = tensors[f"blk.{index}.ffn_norm.weight"] = ones
        for name, own in _NAMES.items():
            weight = getattr(block, name).weight.detach().float().cpu().numpy()
            tensors[f"blk.{index}.{own}.weight"] = interleaved(weight, _heads(name, shape)) if _heads(name, shape) else weight
    gguf.write(path, metadata, tensors, kind)


def adapter(model: Llama, path: pathlib.Path, name: str, alpha: float) -> None:
    """Only lora_b of q and k has rows to be reordered: lora_a's rows are ranks."""
    tensors = {}
    for index, block in enumerate(model.blocks):
        for short, own in _NAMES.items():
            linear = getattr(block, short)
            a, b = (part.detach().float().cpu().numpy() for part in (linear.A, linear.B))
            tensors[f"blk.{index}.{own}.weight.lora_a"] = a
            tensors[f"blk.{index}.{own}.weight.lora_b"] = interleaved(b, _heads(short, model.shape)) if _heads(short, model.shape) else b
    metadata = {"general.architecture": "llama", "general.type": "adapter", "general.name": name, "adapter.type": "lora", "adapter.lora.alpha": float(alpha)}
    gguf.write(path, metadata, tensors, "F16")


@torch.no_grad()
def load_gguf(model: Llama, path: pathlib.Path) -> None:
    """Weights of an exported base of the same shape, so that a training can go on where only the file is left."""
    _, tensors = gguf.read(path)
    model.embedding.copy_(torch.from_numpy(tensors["token_embd.weight"]))
    for index, block in enumerate(model.blocks):
        for name, own in _NAMES.items():
            weight = tensors[f"blk.{index}.{own}.weight"]
            heads = _heads(name, model.shape)
            getattr(block, name).weight.copy_(torch.from_numpy(np.ascontiguousarray(half_split(weight, heads) if heads else weight)))


@torch.no_grad()
def load_adapter(model: Llama, path: pathlib.Path) -> None:
    """The matrices of an exported adapter into a model that was adapted with the same rank, to go on training it."""
    _, tensors = gguf.read(path)
    for index, block in enumerate(model.blocks):
        for short, own in _NAMES.items():
            linear, heads = getattr(block, short), _heads(short, model.shape)
            b = tensors[f"blk.{index}.{own}.weight.lora_b"]
            linear.A.copy_(torch.from_numpy(np.ascontiguousarray(tensors[f"blk.{index}.{own}.weight.lora_a"])))
            linear.B.copy_(torch.from_numpy(np.ascontiguousarray(half_split(b, heads) if heads else b)))


def load(path: pathlib.Path) -> Llama:
    saved = torch.load(path, map_location="cpu")
    shape = SHAPES[saved["shape"]]
    shape.vocab = saved["model"]["embedding"].shape[0]
    model = Llama(shape)
    model.load_state_dict(saved["model"])
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--type", default="F16", choices=("F32", "F16", "Q8_0"))
    given = parser.parse_args()
    base(load(given.checkpoint), given.out, given.type)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
