"""Tests of what records mean."""
