"""A Hugging Face Hub for one machine: for learners without an account, for classrooms and for tests."""

__version__ = "0.1.0"
