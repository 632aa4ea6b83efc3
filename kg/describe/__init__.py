"""The ontologies described for people: a page in Markdown, one in HTML, and diagrams, made from ``ontologies/``.

``python -m kg.describe docs`` writes them. The same ontologies give the same bytes.
"""
