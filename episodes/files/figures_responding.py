"""The figures on responding to shift: decline, label and retrain, release again.

Part of the lesson "Documenting and Releasing a Model". License: MIT.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.stats import binomtest

from files.figures import BLACK, GRAY, LINES, in_lesson_style
from files.rodents import (
    FEATURES,
    common_species,
    distances,
    held_out_distances,
    hold_out_plots,
    interval,
    other_populations,
    source_captures,
    train_model,
    update_model,
    with_answers,
)

# Episode 9: decline ----------------------------------------------------------------------------------


def accuracy_of_answered(correct, doubt):
    """Return the share answered and the accuracy, when the captures of least doubt are answered first."""
    in_order = np.asarray(correct)[np.argsort(doubt, kind="stable")]
    number = np.arange(1, len(in_order) + 1)
    return number / len(in_order), np.cumsum(in_order) / number


def doubts(rodents):
    """Return what raises doubt about captures on control plots 1999-2002, by kind: values and a limit.

    The limit is what 95 of 100 held-out captures of the source stay below. Returned too: which answers
    are correct.
    """
    source = source_captures(rodents)
    common = common_species(source)
    tested = hold_out_plots(source)
    now = with_answers(train_model(common), other_populations(rodents)["control plots 1999-2002"])
    kinds = {
        "far from the training data": (distances(common, now), held_out_distances(source)),
        "low confidence": (1 - now["confidence"].to_numpy(), 1 - tested["confidence"]),
    }
    return now["correct"].to_numpy(), {
        kind: (values, np.quantile(at_home, 0.95)) for kind, (values, at_home) in kinds.items()
    }


@in_lesson_style
def coverage_and_accuracy(rodents):
    """Draw accuracy against the share of captures answered, declining by distance and by confidence.

    The large marks are the limits that decline 5 of 100 held-out captures of the source.
    """
    correct, kinds = doubts(rodents)
    _, axes = plt.subplots(figsize=(6.4, 4.8))
    for line, above, (kind, (doubt, limit)) in zip(LINES, [12, -22], kinds.items(), strict=False):
        share, accuracy = accuracy_of_answered(correct, doubt)
        shown = share >= 0.2  # the first few captures make no useful mean
        look = {"color": line["color"], "linestyle": line["linestyle"]}
        axes.plot(share[shown], accuracy[shown], label=f"declined: {kind}", linewidth=2, **look)
        answered = doubt <= limit
        here = answered.mean(), correct[answered].mean()
        axes.plot(*here, marker=line["marker"], color=line["color"], markersize=10, markeredgecolor=BLACK)
        text = f"{here[1]:.2f} at {here[0]:.0%}"
        axes.annotate(text, here, (0, above), textcoords="offset points", ha="center")
    axes.set(xlabel="share of captures that get an answer", ylabel="accuracy of the answers", ylim=(0.4, 0.9))
    axes.legend(loc="upper right")


# Episode 9: label and retrain ------------------------------------------------------------------------


def number_species(rodents):
    """Return the captures with numbers for species, with which many models are fitted in half the time."""
    return rodents.assign(species_id=pd.factorize(rodents["species_id"], sort=True)[0])


def accuracy_with_labels(rodents, sizes=(25, 50, 100, 200, 400), draws=20):
    """Return the accuracy on control plots 2000-02 after labeling captures of 1999, one row a draw.

    "old and new": the released model's captures and the new labels; "new only": the new labels alone,
    where three captures of a species must do, since 25 labels rarely hold five of more than one.
    """
    rodents = number_species(rodents)
    common = common_species(source_captures(rodents))
    control = rodents[rodents["plot_type"] == "Control"]
    offered, later = control[control["year"] == 1999], control[control["year"] >= 2000]
    rows = []
    for size in sizes:
        for draw in range(draws):
            labeled = offered.sample(size, random_state=draw)
            row = {"labels": size}
            for name, known, least in [("old and new", common, 5), ("new only", common.iloc[:0], 3)]:
                model = update_model(known, labeled, least)
                row[name] = np.mean(model.predict(later[FEATURES]) == later["species_id"])
            rows.append(row)
    unchanged = np.mean(train_model(common).predict(later[FEATURES]) == later["species_id"])
    return pd.DataFrame(rows), unchanged


@in_lesson_style
def labels_needed(rodents, draws=20):
    """Draw accuracy on 2000-02 against the number of captures labeled in 1999: means and single draws."""
    table, unchanged = accuracy_with_labels(rodents, draws=draws)
    sizes = sorted(table["labels"].unique())
    place = table["labels"].map(sizes.index)
    _, axes = plt.subplots(figsize=(6.4, 5))
    axes.axhline(unchanged, color=GRAY, linewidth=1)
    axes.text(len(sizes) - 0.8, unchanged + 0.01, "released model, unchanged", color=GRAY, ha="right")
    for line, name, shift in [(LINES[0], "old and new", -0.1), (LINES[1], "new only", 0.1)]:
        dots = {"color": line["color"], "marker": line["marker"], "linewidth": 0}
        axes.scatter(place + shift, table[name], s=18, alpha=0.35, **dots)
        means = table.groupby("labels")[name].mean()
        label = {"old and new": "old captures and new labels", "new only": "new labels only"}[name]
        axes.plot(np.arange(len(sizes)) + shift, means, label=label, markersize=8, **line)
    axes.set_xticks(range(len(sizes)), sizes)
    axes.set(xlabel="captures labeled in 1999", ylabel="accuracy in 2000 to 2002", ylim=(0.15, 0.95))
    axes.legend(loc="lower right")


# Episode 9: release again ----------------------------------------------------------------------------


def alarm(correct, limit):
    """Return whether an audit has too few right answers to be chance for a model at the limit."""
    return bool(binomtest(int(correct.sum()), len(correct), limit, alternative="less").pvalue < 0.05)


def follow_policy(common, control, release_again, audit=50, seed=0):
    """Return the accuracy in each year from 1990 to 2002, and how many versions were released.

    Each year `audit` captures are labeled; accuracy is measured on the others. `release_again` gets
    which of the audit's answers are right and says whether there is a new version for the next year.
    That version learns the class mix from the last three audits; older ones count as known captures.
    """
    random = np.random.default_rng(seed)
    model, versions, audits, accuracy = train_model(common), 1, [], {}
    for year, captures in control[control["year"] >= 1990].groupby("year"):
        order = random.permutation(len(captures))
        correct = model.predict(captures[FEATURES]) == captures["species_id"].to_numpy()
        accuracy[year] = correct[order[audit:]].mean()
        audits.append(captures.iloc[order[:audit]])
        if release_again(correct[order[:audit]]):
            known = common_species(pd.concat([common, *audits[:-3]]), least=5)
            model, versions = update_model(known, pd.concat(audits[-3:])), versions + 1
    return pd.Series(accuracy), versions


def compare_policies(rodents, draws=10):
    """Return for each policy the mean accuracy by year and the mean number of versions, over draws.

    The alarm: so few right answers in the audit that, at the lower limit of the interval that the model
    was released with, there would be as few in less than 5 of 100 audits.
    """
    rodents = number_species(rodents)
    source = source_captures(rodents)
    tested, common = hold_out_plots(source), common_species(source)
    limit = interval(tested["correct"], tested["plot_id"])[0]
    control = rodents[rodents["plot_type"] == "Control"]
    policies = {
        "never": lambda _: False,
        "after an alarm": lambda correct: alarm(correct, limit),
        "every year": lambda _: True,
    }
    results = {}
    for name, release_again in policies.items():
        runs = [follow_policy(common, control, release_again, seed=seed) for seed in range(draws)]
        results[name] = pd.DataFrame([run[0] for run in runs]).mean(), np.mean([run[1] for run in runs])
    return results


@in_lesson_style
def release_policies(rodents, draws=10):
    """Draw accuracy by year for three policies of releasing again, as means over draws of the audits."""
    _, axes = plt.subplots(figsize=(6.4, 5))
    results = compare_policies(rodents, draws)
    for line, name in zip([LINES[2], LINES[1], LINES[0]], results, strict=True):
        accuracy, versions = results[name]
        count = "1 version" if versions == 1 else f"{versions:.3g} versions"
        axes.plot(accuracy.index, accuracy, label=f"{name} ({count})", **line)
    axes.set(xlabel="year", ylabel="accuracy on captures not audited", ylim=(0.4, 0.95))
    axes.legend(title="a new version", loc="lower left", alignment="left")
