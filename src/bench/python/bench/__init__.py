"""What environment/bench measures, and how it reports that."""

from pathlib import Path

from journey_tools import project

# Where measuring leaves what it makes, and the programs that are compared with ours.
FOLDER = project.BUILD / "bench"
PEERS = Path(__file__).parents[1] / "peers"
