"""Figures of a graph: how actors get on over time, who is central, who belongs together, what does not fit.

Every function takes a :class:`~kg.graph.model.KnowledgeGraph` and a :class:`~kg.analyse.scope.Scope` that says which
events count, and returns :class:`~kg.analyse.figures.Figures`: frozen rows, with the window, the numbers of events
and documents that they rest on, and the method. Only events that happened and that nobody disputes count by default.

    from kg.analyse import Scope, dyads

    figures = dyads(graph.records, Scope(since="2015-11", until="2016-03"))
    figures.rows[0].net, figures.basis.documents
    figures.to_pandas()
"""

from kg.analyse.actors import actors
from kg.analyse.balance import triads
from kg.analyse.brokers import bridges, brokers
from kg.analyse.changes import changes
from kg.analyse.communities import communities
from kg.analyse.dyads import dyad_series, dyads
from kg.analyse.figures import Basis, Figures
from kg.analyse.scope import Scope
from kg.analyse.series import series
from kg.analyse.summary import summary

__all__ = [
    "Basis",
    "Figures",
    "Scope",
    "actors",
    "bridges",
    "brokers",
    "changes",
    "communities",
    "dyad_series",
    "dyads",
    "series",
    "summary",
    "triads",
]
