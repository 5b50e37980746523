"""Records what PyTorch makes of fixed prompts, for the app's parity test: ../starter/reference/{chat,persona}.json.

    python3 -m train.reference --adapter ../starter/persona-friendly.gguf      # from models/

Weights are read back from the shipped GGUF files, and computed in float32 throughout.
"""
import argparse
import hashlib
import json
import pathlib
import random
from unittest import mock

import numpy as np
import torch

from . import fused, gguf, memory, mix, model as modelling
from .export_chat import _NAMES, _heads, half_split, load_gguf
from .model import SHAPES, Llama
from .tokenizer import Tokenizer
from .train_chat import encode

HERE = pathlib.Path(__file__).parent
STARTER = HERE.parent / "starter"
LONGEST = 40


def load_adapter(model: Llama, path: pathlib.Path) -> None:
    metadata, tensors = gguf.read(path)
    rank = tensors["blk.0.attn_q.weight.lora_a"].shape[0]
    model.adapt(rank, metadata["adapter.lora.alpha"])
    with torch.no_grad():
        for index, block in enumerate(model.blocks):
            for short, own in _NAMES.items():
                linear, heads = getattr(block, short), _heads(short, model.shape)
                b = tensors[f"blk.{index}.{own}.weight.lora_b"]
                linear.A.copy_(torch.from_numpy(tensors[f"blk.{index}.{own}.weight.lora_a"]))
                linear.B.copy_(torch.from_numpy(np.ascontiguousarray(half_split(b, heads) if heads else b)))


@torch.no_grad()
def greedy(model: Llama, tokenizer: Tokenizer, ids: list[int]) -> list[int]:
    written: list[int] = []
    while len(written) < LONGEST:
        all_ids = torch.tensor([ids + written])
        token = int(model(all_ids, torch.tensor([all_ids.shape[1] - 1]))[0].argmax())
        if token == tokenizer.im_end:
            break
        written.append(token)
    return written


def prompts() -> list[list[memory.Message]]:
    rng = random.Random(11)
    found = [[(message["role"], message["text"]) for message in memory.case(rng, kind)["messages"]] for kind in ("unseenNames", "notThere", "newer") for _ in range(3)]
    found += [mix.sample(rng)[:-1] for _ in range(6)]
    found.append([("system", memory.SYSTEM), ("user", "Über 1234 naïve  spaces\n\n\ttab — “quotes” 日本 😀 it's don't  x")])
    return found


def record(model: Llama, tokenizer: Tokenizer, file: pathlib.Path) -> dict:
    cases = []
    for messages in prompts():
        ids, _ = encode(tokenizer, messages)
        ids += [tokenizer.im_start, *tokenizer.encode("assistant\n")]
        written = greedy(model, tokenizer, ids)
        cases.append({"messages": [{"role": role, "text": text} for role, text in messages], "ids": ids, "greedyIds": written, "greedy": tokenizer.decode(written)})
    return {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "file": file.name, "cases": cases}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", default="4m", choices=list(SHAPES))
    parser.add_argument("--chat", type=pathlib.Path, default=STARTER / "chat-f16.gguf")
    parser.add_argument("--adapter", type=pathlib.Path, default=STARTER / "persona-friendly.gguf")
    given = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer()
    model = Llama(SHAPES[given.shape])
    load_gguf(model, given.chat)
    (STARTER / "reference").mkdir(exist_ok=True)
    # Full precision, as near to the engine's own as it gets.
    with mock.patch.object(modelling, "COMPUTE", torch.float32), mock.patch.object(fused, "usable", lambda _: False):
        (STARTER / "reference" / "chat.json").write_text(json.dumps(record(model, tokenizer, given.chat), ensure_ascii=False, indent=1) + "\n")
        if given.adapter.exists():
            load_adapter(model, given.adapter)
            (STARTER / "reference" / "persona.json").write_text(json.dumps(record(model, tokenizer, given.adapter), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
