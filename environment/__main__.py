"""Starts a command by its name: python environment run 01 --budget smoke."""

import sys

from journey_tools import command_line

if __name__ == "__main__":
    sys.exit(command_line.main(sys.argv[1:]))
