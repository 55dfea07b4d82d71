"""The captures, the model and the measures that every episode after the first starts from.

Part of the lesson "Documenting and Releasing a Model". Each function is shown, or typed by you, in the
episode that its comment names; after that the episodes import it. License: MIT.
"""

import numpy as np
import pandas as pd
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

FEATURES = ["hindfoot_length", "weight"]


# Episode 1 -------------------------------------------------------------------------------------------


def read_captures(path="data/portal_rodents.csv"):
    """Return all captures as a table, one row a capture."""
    return pd.read_csv(path, keep_default_na=False)


def source_captures(rodents):
    """Return the captures that the model comes from: control plots, 1977 to 1989."""
    return rodents.query("plot_type == 'Control' and year <= 1989")


def common_species(captures, least=30):
    """Return the captures of those species that occur at least `least` times."""
    counts = captures["species_id"].value_counts()
    return captures[captures["species_id"].isin(counts[counts >= least].index)]


def train_model(captures):
    """Return a model fitted to the captures: one bell-shaped cloud for each species."""
    model = make_pipeline(StandardScaler(), QuadraticDiscriminantAnalysis())
    return model.fit(captures[FEATURES], captures["species_id"])


# Episode 3 -------------------------------------------------------------------------------------------


def with_answers(model, captures):
    """Return the captures with what the model answers, how sure it is, and whether that is right."""
    chances = model.predict_proba(captures[FEATURES])
    answer = model.classes_[chances.argmax(axis=1)]
    return captures.assign(
        answer=answer, confidence=chances.max(axis=1), correct=answer == captures["species_id"]
    )


def hold_out_plots(captures):
    """Return the captures with the answers of models that never saw the plot of the capture.

    The models learn the common species only. Captures of other species are tested all the same: the
    models must get them wrong, as the released model would.
    """
    common = common_species(captures)
    tested = []
    for plot, here in captures.groupby("plot_id"):
        model = train_model(common[common["plot_id"] != plot])
        tested.append(with_answers(model, here))
    return pd.concat(tested)


def resampled_means(values, groups=None, draws=2000, seed=0):
    """Return the means of `draws` samples drawn, with repetition, from the values.

    With `groups` (the plot of each value), whole groups are drawn instead of single values.
    """
    values = np.asarray(values, dtype=float)
    groups = np.arange(len(values)) if groups is None else np.asarray(groups)
    table = pd.DataFrame({"value": values}).groupby(groups)["value"].agg(["sum", "count"]).to_numpy()
    random = np.random.default_rng(seed)
    means = []
    for _ in range(draws):
        drawn = table[random.integers(0, len(table), len(table))].sum(axis=0)
        means.append(drawn[0] / drawn[1])
    return np.array(means)


def interval(values, groups=None):
    """Return the limits between which 95 of 100 resampled means lie."""
    return np.percentile(resampled_means(values, groups), [2.5, 97.5])


def calibration_error(tested, bins=10):
    """Return the average gap between confidence and accuracy, over bins of confidence."""
    number = np.minimum((tested["confidence"] * bins).astype(int), bins - 1)
    by_bin = tested.groupby(number).agg(
        confidence=("confidence", "mean"), accuracy=("correct", "mean"), captures=("correct", "size")
    )
    gaps = (by_bin["confidence"] - by_bin["accuracy"]).abs()
    return float(np.average(gaps, weights=by_bin["captures"]))


# Episode 7 -------------------------------------------------------------------------------------------


def other_populations(rodents):
    """Return the captures that the model was not made for, as tables by name."""
    spectab = rodents["plot_type"] == "Spectab exclosure"
    kangaroo_rat = rodents["plot_type"].isin(["Long-term Krat Exclosure", "Short-term Krat Exclosure"])
    control = rodents["plot_type"] == "Control"
    year = rodents["year"]
    return {
        "Spectab exclosures 1977-89": rodents[spectab & (year <= 1989)],
        "kangaroo-rat exclosures 1977-89": rodents[kangaroo_rat & (year <= 1989)],
        "control plots 1990-94": rodents[control & year.between(1990, 1994)],
        "control plots 1995-98": rodents[control & year.between(1995, 1998)],
        "control plots 1999-2002": rodents[control & (year >= 1999)],
        "kangaroo-rat exclosures 1999-2002": rodents[kangaroo_rat & (year >= 1999)],
    }


def why_accuracy_changed(tested_before, tested_now):
    """Return by how many percentage points accuracy changed, split into three causes.

    "mix": the common species come in other proportions; "new species": more captures are of species that
    the model cannot name, and it must get them wrong; "within species": the rest, the common species
    look different.
    """
    common = common_species(tested_before)
    known = common.groupby("species_id")["correct"].mean()
    rare_before = tested_before["correct"].mean() - common["correct"].mean()
    shares = tested_now["species_id"].value_counts(normalize=True)
    of_known = shares[shares.index.isin(known.index)]
    after_mix = (known * of_known / of_known.sum()).sum()
    after_new = after_mix * of_known.sum()
    return {
        "mix": float(100 * (after_mix - common["correct"].mean())),
        "new species": float(100 * (after_new - after_mix - rare_before)),
        "within species": float(100 * (tested_now["correct"].mean() - after_new)),
    }


# Episode 8 -------------------------------------------------------------------------------------------


def how_separable(old, new):
    """Return how well a classifier tells new captures from old ones: 0.5 is not at all, 1 is always."""
    both = pd.concat([old, new])
    is_new = np.repeat([0, 1], [len(old), len(new)])
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    classifier = DecisionTreeClassifier(min_samples_leaf=50, random_state=0)
    scores = cross_val_predict(classifier, both[FEATURES], is_new, cv=folds, method="predict_proba")
    return float(roc_auc_score(is_new, scores[:, 1]))


# Episode 9 -------------------------------------------------------------------------------------------


def distances(known, captures):
    """Return for each capture its mean distance to the ten nearest known captures.

    The unit is one standard deviation of each measurement among the known captures.
    """
    scaler = StandardScaler().fit(known[FEATURES])
    neighbors = NearestNeighbors(n_neighbors=10).fit(scaler.transform(known[FEATURES]))
    return neighbors.kneighbors(scaler.transform(captures[FEATURES]))[0].mean(axis=1)


def held_out_distances(captures):
    """Return for each capture its distance to the common species of the other plots."""
    common = common_species(captures)
    by_plot = [
        pd.Series(distances(common[common["plot_id"] != plot], here), index=here.index)
        for plot, here in captures.groupby("plot_id")
    ]
    return pd.concat(by_plot).reindex(captures.index)


def update_model(known, labeled, least=5):
    """Return a model fitted to known and newly labeled captures, for the class mix of the new ones.

    A new species enters the model when at least `least` of its captures are labeled. The class mix is
    that of the labeled captures, with the old mix counted as if it were 20 more of them, so that a
    species that is missing by chance keeps a small share.
    """
    recent = labeled["species_id"].value_counts()
    classes = sorted(set(known["species_id"].unique()) | set(recent[recent >= least].index))
    both = pd.concat([known, labeled])
    both = both[both["species_id"].isin(classes)]
    old_mix = known["species_id"].value_counts(normalize=True)
    mix = recent.reindex(classes).fillna(0) + 20 * old_mix.reindex(classes).fillna(0)
    clouds = QuadraticDiscriminantAnalysis(priors=(mix / mix.sum()).to_numpy(), reg_param=0.001)
    return make_pipeline(StandardScaler(), clouds).fit(both[FEATURES], both["species_id"])
