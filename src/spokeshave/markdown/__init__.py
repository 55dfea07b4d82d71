"""Text to tree: the Workbench's dialect of Markdown, one rule of it a file."""

from spokeshave.markdown.document import Document, parse
from spokeshave.markdown.references import References
from spokeshave.markdown.shared_references import read_references
from spokeshave.markdown.tree import Node

__all__ = ["Document", "Node", "References", "parse", "read_references"]
