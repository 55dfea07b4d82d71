"""spokeshave: builds and tests a Carpentries Workbench lesson, in Python alone."""

__version__ = "0.1.0"
