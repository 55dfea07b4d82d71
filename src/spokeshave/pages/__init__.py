"""Lesson to pages: one kind of page a file, the gathered ones listed in `gathered.py`."""
