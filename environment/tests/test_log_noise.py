"""What counts as noise in a notebook's output, and what does not."""

from __future__ import annotations

import pytest

from journey_tools.log_noise import noise_in


@pytest.mark.parametrize(
    "line",
    [
        "12:01:44.123 [main] INFO o.n.l.factory.Nd4jBackend - Loaded [CpuBackend] backend",
        "WARN  o.d.n.l.mkldnn.BaseMKLDNNHelper - no helper",
        "SLF4J: Failed to load class org.slf4j.impl.StaticLoggerBinder.",
        "SLF4J(W): No SLF4J providers were found.",
        "WARNING: A restricted method in java.lang.System has been called",
        "OpenJDK 64-Bit Server VM warning: Sharing is only supported for boot loader classes",
        "\tat org.nd4j.linalg.factory.Nd4j.<clinit>(Nd4j.java:146)",
        "    at java.base/java.lang.Thread.run(Unknown Source)",
        "Caused by: java.lang.UnsatisfiedLinkError: no jnind4jcpu",
        'Exception in thread "main" java.lang.OutOfMemoryError',
        "java.lang.NoClassDefFoundError: Could not initialize class org.nd4j.linalg.factory.Nd4j",
        "[ERROR] something failed",
    ],
)
def test_noise_is_found(line: str) -> None:
    assert noise_in(f"accuracy 0.91\n{line}\nloss 0.2\n") == [line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "Backend CPU (ND4J 1.0.0-M2.1), oneDNN on, 2 threads, budget smoke",
        "epoch 3  100% |████████| 45,000/45,000 images  loss 0.2311, error rate 8.9 %",
        "The largest relative error of the gradient is 3.1e-8.",
        "The pictures look at information, warnings and errors of the network.",
        "at (3, 4) the weight is largest",
        "Errors",
    ],
)
def test_results_are_no_noise(text: str) -> None:
    assert noise_in(text) == []
