"""Runs the code blocks of a lesson and holds what they print against what the pages say."""
