"""The questions: catalog, answers, lint, and the oracle."""
