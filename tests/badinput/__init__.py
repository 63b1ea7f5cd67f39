"""Files that no reader can take: each is refused with its place, within bounds, and touches nothing else."""
