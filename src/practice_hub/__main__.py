"""`python -m practice_hub` is `practice-hub`."""

from practice_hub.cli import main

main(prog_name="practice-hub")
