"""The way through: inputs to documents, documents to records, records to the graph."""
