"""Lets torchvision's transforms and datasets work beside a CPU build of torch.

A torchvision that was built for CUDA cannot register two of its operators there, and
its import fails. The pages use neither; declaring them is enough.
"""

import torch


def declare_missing() -> None:
    """Declare the operators without which `import torchvision` would fail."""
    try:
        import torchvision  # noqa: F401, PLC0415
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.define(
            "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
        )
        _keep.append(library)


_keep: list[torch.library.Library] = []
