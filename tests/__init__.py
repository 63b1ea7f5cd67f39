"""The tests of graphkb."""
