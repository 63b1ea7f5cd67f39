"""Stores that hold the graph."""
