"""Tests of the rules that say what is wrong with a knowledge base."""
