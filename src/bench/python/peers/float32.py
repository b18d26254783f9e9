"""A network in NumPy as fast as we can write it.

float32 throughout; every result goes into an array that is there already; activations work in
place; no gradient is computed for the network's input; the learning rate of plain gradient descent
is multiplied into the small gradient of the loss instead of the large ones of the weights; all
parameters lie in one array, so that Adam passes over it in a few operations, in blocks that stay in
the cache.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from stopwatch import Stopwatch
from workload import CLASSES, Workload

DTYPE = np.float32

# Examples predicted at once.
CHUNK = 1000


def sigmoid(z: np.ndarray) -> None:
    np.negative(z, out=z)
    np.exp(z, out=z)
    np.add(z, 1, out=z)
    np.reciprocal(z, out=z)


def sigmoid_slope(a: np.ndarray, gradient: np.ndarray) -> None:
    """Uses up a."""
    np.multiply(gradient, a, out=gradient)
    np.subtract(1, a, out=a)
    np.multiply(gradient, a, out=gradient)


def relu(z: np.ndarray) -> None:
    np.maximum(z, 0, out=z)


def relu_slope(a: np.ndarray, gradient: np.ndarray) -> None:
    """Uses up a, which is not negative, so that its sign is 0 or 1."""
    np.sign(a, out=a)
    np.multiply(gradient, a, out=gradient)


def softmax(z: np.ndarray, column: np.ndarray) -> None:
    np.max(z, axis=1, keepdims=True, out=column)
    np.subtract(z, column, out=z)
    np.exp(z, out=z)
    np.sum(z, axis=1, keepdims=True, out=column)
    np.divide(z, column, out=z)


ACTIVATIONS = {"sigmoid": (sigmoid, sigmoid_slope), "relu": (relu, relu_slope)}


class Sgd:
    def __init__(self, parameters: np.ndarray, learning_rate: float):
        self._parameters = parameters
        self.gradient_scale = learning_rate

    def update(self, gradient: np.ndarray) -> None:
        np.subtract(self._parameters, gradient, out=self._parameters)


class Adam:
    """The moments are kept without their factors 1 - beta, which saves two passes over them."""

    BETA1 = 0.9
    BETA2 = 0.999
    EPSILON = 1e-8
    BLOCK = 65_536

    def __init__(self, parameters: np.ndarray, learning_rate: float):
        self.gradient_scale = 1.0
        self._learning_rate = learning_rate
        self._parameters = parameters
        self._m = np.zeros_like(parameters)
        self._v = np.zeros_like(parameters)
        self._t = 0

    def update(self, gradient: np.ndarray) -> None:
        """Uses up the gradient."""
        self._t += 1
        m_sum = (1 - self.BETA1**self._t) / (1 - self.BETA1)
        root = math.sqrt((1 - self.BETA2**self._t) / (1 - self.BETA2))
        rate = self._learning_rate * root / m_sum
        epsilon = self.EPSILON * root
        for start in range(0, len(gradient), self.BLOCK):
            block = slice(start, start + self.BLOCK)
            g, m, v = gradient[block], self._m[block], self._v[block]
            np.multiply(m, self.BETA1, out=m)
            np.add(m, g, out=m)
            np.square(g, out=g)
            np.multiply(v, self.BETA2, out=v)
            np.add(v, g, out=v)
            np.sqrt(v, out=g)
            np.add(g, epsilon, out=g)
            np.divide(m, g, out=g)
            np.multiply(g, rate, out=g)
            np.subtract(self._parameters[block], g, out=self._parameters[block])


OPTIMIZERS = {"sgd": Sgd, "adam": Adam}


class Parameters:
    """Weights and biases of all layers, as parts of one array."""

    def __init__(self, sizes: list[int]):
        pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
        self.all = np.zeros(sum((inputs + 1) * outputs for inputs, outputs in pairs), DTYPE)
        self.weights, self.biases = [], []
        at = 0
        for inputs, outputs in pairs:
            end = at + inputs * outputs
            self.weights.append(self.all[at:end].reshape(inputs, outputs))
            self.biases.append(self.all[end : end + outputs])
            at = end + outputs


class Buffers:
    """Where the results for so many examples go."""

    def __init__(self, sizes: list[int], rows: int):
        self.x, *self.a = (np.empty((rows, size), DTYPE) for size in sizes)
        self.deltas = [np.empty_like(a) for a in self.a]
        self.y = np.empty((rows, CLASSES), DTYPE)
        self.column = np.empty((rows, 1), DTYPE)
        self.ones = np.ones(rows, DTYPE)


class Network:
    """Hidden layers of one activation, softmax at the end, cross-entropy as the loss."""

    def __init__(
        self,
        workload: Workload,
        weights: list[np.ndarray],
        activation: str,
        optimizer: str,
        learning_rate: float,
        batch_size: int,
    ):
        sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
        self.workload = workload
        self.parameters = Parameters(sizes)
        self.gradients = Parameters(sizes)
        for mine, given in zip(self.parameters.weights, weights, strict=True):
            mine[:] = given
        self.activation, self.slope = ACTIVATIONS[activation]
        self.optimizer = OPTIMIZERS[optimizer](self.parameters.all, learning_rate)
        self.batch_size = batch_size
        self.buffers = cache(lambda rows: Buffers(sizes, rows))

    def epoch(self, order: np.ndarray, clock: Stopwatch) -> None:
        """Trains on every example once, in this order."""
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            buffers = self.buffers(len(rows))
            # With mode="raise", NumPy would gather into an array of its own and copy that.
            np.take(self.workload.inputs, rows, axis=0, out=buffers.x, mode="clip")
            np.take(self.workload.targets, rows, axis=0, out=buffers.y, mode="clip")
            clock.lap("batch")
            self.forward(buffers.x, buffers, clock)
            self.backward(buffers, clock)
            self.optimizer.update(self.gradients.all)
            clock.lap("update")

    def forward(self, x: np.ndarray, buffers: Buffers, clock: Stopwatch) -> None:
        """Fills buffers.a with what each layer makes of the input x."""
        layers = zip(self.parameters.weights, self.parameters.biases, buffers.a, strict=True)
        below = x
        for i, (w, b, z) in enumerate(layers):
            np.matmul(below, w, out=z)
            np.add(z, b, out=z)
            if i < len(buffers.a) - 1:
                self.activation(z)
            else:
                softmax(z, buffers.column)
            clock.lap(f"forward {i + 1}")
            below = z

    def backward(self, buffers: Buffers, clock: Stopwatch) -> None:
        """Fills the gradients; uses up buffers.a."""
        inputs, deltas = [buffers.x, *buffers.a], buffers.deltas
        np.subtract(buffers.a[-1], buffers.y, out=deltas[-1])
        np.multiply(deltas[-1], self.optimizer.gradient_scale / len(buffers.x), out=deltas[-1])
        clock.lap("loss gradient")
        for i in reversed(range(len(deltas))):
            np.matmul(inputs[i].T, deltas[i], out=self.gradients.weights[i])
            np.matmul(buffers.ones, deltas[i], out=self.gradients.biases[i])
            clock.lap(f"backward {i + 1}")
            if i > 0:
                np.matmul(deltas[i], self.parameters.weights[i].T, out=deltas[i - 1])
                self.slope(inputs[i], deltas[i - 1])
                clock.lap(f"input gradient {i + 1}")

    def predict(self) -> np.ndarray:
        """The answers for the held-out examples."""
        inputs = self.workload.held_out_inputs
        answers = np.empty((len(inputs), CLASSES), DTYPE)
        for start in range(0, len(inputs), CHUNK):
            x = inputs[start : start + CHUNK]
            buffers = self.buffers(len(x))
            self.forward(x, buffers, Stopwatch.off())
            answers[start : start + CHUNK] = buffers.a[-1]
        return answers
