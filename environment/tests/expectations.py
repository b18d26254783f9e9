"""What each notebook has to show, at any budget. A new notebook gets a line here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """At least so many pictures and tables."""

    pictures: int
    tables: int


EXPECTED = {
    "01_single_neuron": Expected(pictures=10, tables=4),
    "02_hidden_layer": Expected(pictures=15, tables=4),
    "03_multi_class": Expected(pictures=12, tables=7),
    "04_optimizers_and_activations": Expected(pictures=22, tables=12),
    "05_convolutional_networks": Expected(pictures=24, tables=6),
    "excursions/fast_recipe": Expected(pictures=10, tables=5),
    "excursions/digits": Expected(pictures=17, tables=5),
    "excursions/questions": Expected(pictures=11, tables=13),
    "excursions/search": Expected(pictures=9, tables=12),
    "excursions/cats_and_dogs": Expected(pictures=14, tables=10),
    "excursions/many_machines": Expected(pictures=5, tables=10),
}
