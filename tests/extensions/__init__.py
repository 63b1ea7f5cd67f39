"""Tests of extensions: kinds, relationship kinds and questions of the user's own."""
