"""The checklists of The Carpentries Lab, filled in as far as a program can see: `spokeshave review`.

Source of what is asked, said here in words of our own: https://github.com/carpentries-lab/reviews,
docs/editor_guide.md and docs/reviewer_guide.md.
"""
