"""Days, and what the time expressions of the news mean by them."""

from kg.calendar.days import Days
from kg.calendar.expressions import resolve, whole_date

__all__ = ["Days", "resolve", "whole_date"]
