"""Tests of the files that an export writes."""
