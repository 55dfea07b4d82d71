"""What can be found wrong with a lesson that builds: one family of findings a file, all listed in `registry.py`."""
