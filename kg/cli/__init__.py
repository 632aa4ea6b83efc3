"""The command ``kg``: one command a file, each a thin shell over a function of the library.

Only what every command needs is imported here; a command imports the rest when it runs.
"""

from kg.cli.app import main

__all__ = ["main"]
