"""Tests in Neo4j Browser, and of what it is given."""
