"""Keeping a store true: what a load would change, and changing it."""
