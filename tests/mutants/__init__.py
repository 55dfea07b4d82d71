"""Small faults, put into the sources one at a time, and what notices them: `make mutants`."""
