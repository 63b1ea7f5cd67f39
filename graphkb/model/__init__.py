"""What exists: kinds, relationship kinds, and datasets of them. Pure values; no files, no stores."""

from graphkb.model.metamodel import METAMODEL

__all__ = ["METAMODEL"]
