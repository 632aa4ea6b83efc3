"""Pictures of a graph that a newspaper could print: the network of actors, and the timeline of events."""

from kg.plot.network import network, network_figure
from kg.plot.timeline import timeline, timeline_figure

__all__ = ["network", "network_figure", "timeline", "timeline_figure"]
