"""ArchiMate models as input: Open Exchange, the formats of Archi, and the JSON of EAModelSet."""
