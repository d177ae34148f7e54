"""A network between two: each weight so far from one to the other.

`python -m training.blend FROM.safetensors TO.safetensors --share 0.5 --out W.safetensors`. Between a network and what
further training made of it there are often better ones than either (WiSE-FT, Wortsman et al. 2022).
"""

import argparse
from pathlib import Path

from safetensors.torch import save_file
from torch import Tensor

from training.model import load_state


def blend(start: dict[str, Tensor], end: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The weights at `share` of the way."""
    return {name: value.lerp(end[name], share) for name, value in start.items()}


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", type=Path)
    parser.add_argument("end", type=Path)
    parser.add_argument("--share", type=float, required=True, help="0 is the start, 1 the end")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    save_file(blend(load_state(args.start), load_state(args.end), args.share), args.out)


if __name__ == "__main__":
    main()
