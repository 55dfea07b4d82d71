"""Synthetic lessons for the benchmark: of any number of episodes, about 20 kB each, all different."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = (
    "model data card release people plot species training version question answer table figure evidence "
    "population share risk change label measure test file folder reader author license result"
).split()
_CONFIG = """carpentry: 'incubator'
title: 'A synthetic lesson'
source: 'https://github.com/example-org/synthetic'
life_cycle: 'alpha'
lang: en
"""


def write_lesson(root: Path, episodes: int, seed: int = 1) -> None:
    """Write a lesson of `episodes` episodes into the empty folder `root`."""
    chance = random.Random(seed)
    for folder in ("episodes", "learners", "instructors", "profiles"):
        (root / folder).mkdir(parents=True)
    (root / "config.yaml").write_text(_CONFIG)
    (root / "index.md").write_text("---\nsite: x\n---\n\nA lesson to time builds with.\n")
    (root / "learners/setup.md").write_text("---\ntitle: Setup\n---\n\nNothing to set up.\n")
    (root / "learners/reference.md").write_text(
        "---\ntitle: Reference\n---\n\n## Glossary\n\nterm\n:   meaning\n"
    )
    (root / "instructors/instructor-notes.md").write_text("---\ntitle: Notes\n---\n\nTeach it.\n")
    (root / "profiles/learner-profiles.md").write_text("---\ntitle: Profiles\n---\n\n## Ada\n\nLearns.\n")
    for number in range(1, episodes + 1):
        (root / f"episodes/{number:04}-episode.md").write_text(episode(number, chance))


def episode(number: int, chance: random.Random) -> str:
    """The text of one episode: about 20 kB of what episodes are made of."""
    parts = [
        f"---\ntitle: 'Episode {number}: {_sentence(chance, 3)}'\nteaching: 10\nexercises: 5\n---\n",
        f"::: questions\n\n- {_sentence(chance)}?\n\n:::\n",
        f"::: objectives\n\n- {_sentence(chance)}\n- {_sentence(chance)}\n\n:::\n",
    ]
    section = 0
    while sum(map(len, parts)) < 20_000:
        section += 1
        parts.append(_section(section, chance))
    parts.append(f"::: keypoints\n\n- {_sentence(chance)}\n\n:::\n")
    return "\n".join(parts)


def _sentence(chance: random.Random, length: int = 12) -> str:
    words = [chance.choice(_WORDS) for _ in range(length)]
    if length > 6:
        words[2], words[4] = f"*{words[2]}*", f"`{words[4]}`"
    return " ".join(words).capitalize()


def _paragraph(chance: random.Random) -> str:
    sentences = ". ".join(_sentence(chance) for _ in range(5))
    return f'{sentences} with a [link](https://example.org/{chance.randrange(999)}) -- it\'s "quoted".\n'


def _section(number: int, chance: random.Random) -> str:
    code = "\n".join(
        f"value_{n} = compute({n}, label='{chance.choice(_WORDS)}')  # step {n}" for n in range(12)
    )
    items = "\n".join(f"- {_sentence(chance)}" for _ in range(5))
    rows = "\n".join(f"| {chance.choice(_WORDS)} | {chance.random():.3f} |" for _ in range(5))
    return (
        f"## Section {number} {chance.choice(_WORDS)}\n\n{_paragraph(chance)}\n{_paragraph(chance)}\n{items}\n\n"
        f"```python\n{code}\n```\n\n```output\n{chance.random()}\n```\n\n"
        f"| name | value |\n|:-----|------:|\n{rows}\n\n"
        f"::: challenge\n\n### Exercise {number}\n\n{_paragraph(chance)}\n"
        f":::: solution\n\n{_paragraph(chance)}\n::::\n\n:::\n\n"
        f"::: callout\n\n{_paragraph(chance)}\n:::\n"
    )
