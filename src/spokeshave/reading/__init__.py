"""Folder to lesson: what `spokeshave.reader` stands on."""
