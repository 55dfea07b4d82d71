"""The release folder of a model in one call, as episode 5 makes it step by step for rodent-id.

Part of the lesson "Documenting and Releasing a Model". License: MIT.
"""

import hashlib
import json
from importlib.metadata import version as installed_version
from pathlib import Path

import skops.io

from files.rodents import common_species, read_captures, source_captures, train_model

INPUTS = {"hindfoot_length": "millimeters", "weight": "grams"}

EXAMPLE = """hindfoot_length,weight,expected
36,43,DM
50,120,DS
16,11,RM
"""

PREDICT = '''"""Name the species of captures: python predict.py captures.csv"""

import json
import sys
from pathlib import Path

import pandas as pd
import skops.io

HERE = Path(__file__).parent
CONFIG = json.loads((HERE / "config.json").read_text(encoding="utf-8"))
INPUTS = list(CONFIG["inputs"])


def predict(captures):
    """Return the captures with the species and the confidence of the model."""
    missing = [name for name in INPUTS if name not in captures]
    if missing:
        raise SystemExit(f"The table has no column {', '.join(missing)}.")
    if not captures[INPUTS].gt(0).all(axis=None):
        raise SystemExit("Each measurement must be above zero (millimeters, grams).")
    model = skops.io.load(HERE / "model.skops")
    chances = model.predict_proba(captures[INPUTS])
    species = model.classes_[chances.argmax(axis=1)]
    confidence = chances.max(axis=1).round(2)
    return captures.assign(species=species, confidence=confidence)


if __name__ == "__main__":
    print(predict(pd.read_csv(sys.argv[1])).to_csv(index=False), end="")
'''

TEST = '''"""Are the answers those of the release? python test_release.py"""

import pandas as pd
from predict import HERE, predict

answers = predict(pd.read_csv(HERE / "example.csv"))
wrong = answers[answers["species"] != answers["expected"]]
print(answers.to_string(index=False))
if len(wrong):
    raise SystemExit(f"{len(wrong)} of {len(answers)} answers are not as released.")
print("as released")
'''

CITATION = """cff-version: 1.2.0
message: Please cite this model as below.
title: {name}
version: {version}
type: software
authors:
  - name: The authors of {name}
"""

CHANGELOG = "# Changelog\n\n## 1.0.0\n\nFirst release.\n"


def write_release(
    folder,
    model=None,
    version="1.0.0",
    card=None,
    changelog=CHANGELOG,
    example=EXAMPLE,
    *,
    name="rodent-id",
    inputs=INPUTS,
    answers=None,
    predicts="species",
):
    """Make the release folder and return it. Without a model, train that of version 1.0.0.

    Another model needs its own name, card, example, inputs (column -> unit), answers (code -> meaning)
    and the word for what it predicts, which is the column of its answers.
    """
    model = model or train_model(common_species(source_captures(read_captures())))
    answers = answers or names_of_species(model.classes_)
    config = {"name": name, "version": version, "inputs": inputs, "answers": answers}
    libraries = ["numpy", "pandas", "scikit-learn", "skops"]
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    skops.io.dump(model, folder / "model.skops")
    texts = {
        "LICENSE": Path("files/rodent-id-license.txt").read_text(encoding="utf-8").replace("rodent-id", name),
        "README.md": card or Path("files/rodent-id-card.txt").read_text(encoding="utf-8"),
        "config.json": json.dumps(config, indent=2) + "\n",
        "requirements.txt": "".join(f"{library}=={installed_version(library)}\n" for library in libraries),
        "predict.py": PREDICT.replace("species", predicts),
        "example.csv": example,
        "test_release.py": TEST.replace("species", predicts),
        "CITATION.cff": CITATION.format(name=name, version=version),
        "CHANGELOG.md": changelog,
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")
    return folder


def names_of_species(codes):
    """Return the scientific name for each code of a species."""
    names = read_captures().groupby("species_id")["name"].first()
    return {code: names[code] for code in codes}


def checksums(folder):
    """Return one line for each file: its SHA-256 checksum and its name."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
