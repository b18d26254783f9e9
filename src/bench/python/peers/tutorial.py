"""A network in NumPy as tutorials write it: float64, a new array for every result."""

from __future__ import annotations

import numpy as np
from stopwatch import Stopwatch
from workload import Workload

DTYPE = np.float64


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


def softmax(z: np.ndarray) -> np.ndarray:
    exp = np.exp(z - z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


# Each activation with its slope, told from its value a.
ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "relu": (relu, lambda a: a > 0),
}


class Sgd:
    def __init__(self, learning_rate: float):
        self.learning_rate = learning_rate

    def update(self, parameters: list[np.ndarray], gradients: list[np.ndarray]) -> None:
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= self.learning_rate * gradient


class Adam:
    def __init__(self, learning_rate: float):
        self.learning_rate = learning_rate
        self.t = 0
        self.m = {}
        self.v = {}

    def update(self, parameters: list[np.ndarray], gradients: list[np.ndarray]) -> None:
        self.t += 1
        for i, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            self.m[i] = 0.9 * self.m.get(i, 0) + 0.1 * gradient
            self.v[i] = 0.999 * self.v.get(i, 0) + 0.001 * gradient**2
            m_hat = self.m[i] / (1 - 0.9**self.t)
            v_hat = self.v[i] / (1 - 0.999**self.t)
            parameter -= self.learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)


OPTIMIZERS = {"sgd": Sgd, "adam": Adam}


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
        self.workload = workload
        self.weights = [each.astype(DTYPE) for each in weights]
        self.biases = [np.zeros((1, each.shape[1]), DTYPE) for each in weights]
        self.activation, self.slope = ACTIVATIONS[activation]
        self.optimizer = OPTIMIZERS[optimizer](learning_rate)
        self.batch_size = batch_size

    def epoch(self, order: np.ndarray, clock: Stopwatch) -> None:
        """Trains on every example once, in this order."""
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            x, y = self.workload.inputs[rows], self.workload.targets[rows]
            clock.lap("batch")
            gradients = self.gradients(x, y, clock)
            self.optimizer.update(self.weights + self.biases, gradients)
            clock.lap("update")

    def gradients(self, x: np.ndarray, y: np.ndarray, clock: Stopwatch) -> list[np.ndarray]:
        a = self.forward(x, clock)
        delta = (a[-1] - y) / len(x)
        clock.lap("loss gradient")
        weight_gradients, bias_gradients = [], []
        for i in reversed(range(len(self.weights))):
            weight_gradients.insert(0, a[i].T @ delta)
            bias_gradients.insert(0, delta.sum(axis=0, keepdims=True))
            clock.lap(f"backward {i + 1}")
            if i > 0:
                delta = delta @ self.weights[i].T * self.slope(a[i])
                clock.lap(f"input gradient {i + 1}")
        return weight_gradients + bias_gradients

    def forward(self, x: np.ndarray, clock: Stopwatch) -> list[np.ndarray]:
        """The input and what each layer makes of it."""
        a = [x]
        last = len(self.weights) - 1
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            f = softmax if i == last else self.activation
            a.append(f(a[-1] @ w + b))
            clock.lap(f"forward {i + 1}")
        return a

    def predict(self) -> np.ndarray:
        """The answers for the held-out examples."""
        return self.forward(self.workload.held_out_inputs, Stopwatch.off())[-1]
