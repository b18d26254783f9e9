"""Starts a command of journey_tools by its name: python command.py run 01 --budget smoke."""

import importlib
import sys

if __name__ == "__main__":
    command = importlib.import_module(f"journey_tools.{sys.argv[1]}")
    sys.exit(command.main(sys.argv[2:]))
