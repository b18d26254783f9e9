"""The improved CNN of notebook 05 in PyTorch: journey.cnn.ImprovedCnn, layer by layer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

CLASSES = 10
DROPOUT = 0.5


def improved_cnn(width: int, dropout: float = DROPOUT) -> nn.Sequential:
    """Pictures [batch, 3, 32, 32] in, scores [batch, 10] out; the softmax is part of the loss."""
    return nn.Sequential(
        *_block(3, width),
        *_block(width, 2 * width),
        *_block(2 * width, 4 * width),
        nn.Flatten(),
        nn.Linear(4 * width * 4 * 4, 8 * width, bias=False),
        nn.BatchNorm1d(8 * width),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(8 * width, CLASSES),
    )


def _block(inputs: int, outputs: int) -> list[nn.Module]:
    return [*_convolution(inputs, outputs), *_convolution(outputs, outputs), nn.MaxPool2d(2)]


def _convolution(inputs: int, outputs: int) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]


@torch.no_grad()
def take_weights(network: nn.Sequential, folder: Path) -> None:
    """Gives a network the weights that journey.bench.CnnServer wrote, in the order of its layers.

    Deeplearning4j's convolutions have PyTorch's order, its dense layers the transposed one. Batch
    norms begin alike in both, biases there at zero.
    """
    files = sorted(folder.glob("*.npy"))
    layers = [each for each in network if isinstance(each, nn.Conv2d | nn.Linear)]
    for layer, file in zip(layers, files, strict=True):
        given = torch.from_numpy(np.ascontiguousarray(np.load(file)))
        if isinstance(layer, nn.Linear):
            given = given.T
        if given.shape != layer.weight.shape:
            raise ValueError(f"{file} has shape {given.shape}, {layer} {layer.weight.shape}")
        layer.weight.copy_(given)
        if layer.bias is not None:
            layer.bias.zero_()
