"""Mixes two checkpoints of one training: their weighted mean is often steadier than either.

    python3 -m train.average train/work/next.pt starter/chat-f16.gguf --share 0.25 --out train/work/chat.pt    # from models/
    python3 -m train.average later.gguf earlier.gguf --share 0.5 --out starter/persona-witty.gguf              # two goes of an adapter
"""
import argparse
import pathlib

import torch

from . import export_chat, gguf


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("later", type=pathlib.Path)
    parser.add_argument("earlier", type=pathlib.Path, help="of the same training: weights of two trainings have no mean worth having")
    parser.add_argument("--share", type=float, default=0.25, help="of the earlier one")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    if given.later.suffix == ".gguf":
        files(given.later, given.earlier, given.share, given.out)
    else:
        checkpoints(given.later, given.earlier, given.share, given.out)


def files(later: pathlib.Path, earlier: pathlib.Path, share: float, out: pathlib.Path) -> None:
    """Exported files of the same shape, stored as F16 again."""
    metadata, tensors = gguf.read(later)
    _, before = gguf.read(earlier)
    gguf.write(out, metadata, {name: (1 - share) * tensor + share * before[name] for name, tensor in tensors.items()}, "F16")


def checkpoints(later_file: pathlib.Path, earlier_file: pathlib.Path, share: float, out: pathlib.Path) -> None:
    later, earlier = export_chat.load(later_file), export_chat.load(later_file)
    if earlier_file.suffix == ".gguf":
        export_chat.load_gguf(earlier, earlier_file)
    else:
        earlier = export_chat.load(earlier_file)
    before = earlier.state_dict()
    weights = {name: torch.lerp(value, before[name], share) if value.is_floating_point() else value for name, value in later.state_dict().items()}
    torch.save({"model": weights, "shape": next(name for name, shape in export_chat.SHAPES.items() if shape == later.shape)}, out)


if __name__ == "__main__":
    main()
