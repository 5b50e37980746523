"""Mixes two checkpoints of one training: their weighted mean is often steadier than either.

    python3 -m train.average train/work/next.pt starter/chat-f16.gguf --share 0.25 --out train/work/chat.pt    # from models/
"""
import argparse
import pathlib

import torch

from . import export_chat


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("later", type=pathlib.Path)
    parser.add_argument("earlier", type=pathlib.Path, help="of the same training: weights of two trainings have no mean worth having")
    parser.add_argument("--share", type=float, default=0.25, help="of the earlier one")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    later, earlier = export_chat.load(given.later), export_chat.load(given.later)
    if given.earlier.suffix == ".gguf":
        export_chat.load_gguf(earlier, given.earlier)
    else:
        earlier = export_chat.load(given.earlier)
    before = earlier.state_dict()
    weights = {name: torch.lerp(value, before[name], given.share) if value.is_floating_point() else value for name, value in later.state_dict().items()}
    torch.save({"model": weights, "shape": next(name for name, shape in export_chat.SHAPES.items() if shape == later.shape)}, given.out)


if __name__ == "__main__":
    main()
