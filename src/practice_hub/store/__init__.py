"""What is kept on disk: Git objects, large files, and a database."""
