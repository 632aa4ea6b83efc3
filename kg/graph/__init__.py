"""Records as a graph: actors, events between them, and the relations that follow."""
