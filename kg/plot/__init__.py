"""Pictures of a graph that a newspaper could print: networks, timelines, heat maps, series and maps.

    draw(graph, Path("heatmap.svg"), "heatmap")

Each kind has a module of its own, imported when it is first drawn; so is matplotlib.
"""

from kg.plot.kinds import KINDS, draw

__all__ = ["KINDS", "draw"]
