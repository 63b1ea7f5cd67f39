"""What Neo4j Browser is given: colors, favorites, a guide, links that fill its editor, and who hands them out."""
