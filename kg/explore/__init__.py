"""A graph to look at: a page on the local machine, a report in one file, and a SPARQL endpoint.

    page     ``kg explore GRAPH``   kg.explore.server
    report   ``kg report GRAPH``    kg.explore.report

Behind both are plain functions over a graph, one module a view: ``search``, ``neighbourhood``, ``events``,
``evidence``, ``pair``, ``places``, ``reading`` and ``overview``. What they return is frozen and knows nothing of HTML.
"""

from kg.explore.index import Index
from kg.explore.selection import Selection

__all__ = ["Index", "Selection"]
