"""The graph in RDF: encoded, decoded, written and read."""
