"""What environment/bench measures, and how it reports that."""
