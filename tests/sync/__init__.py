"""Tests of loading: what a load changes, what it leaves alone, and what a broken one leaves behind."""
