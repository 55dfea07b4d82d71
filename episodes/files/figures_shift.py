"""The figures on shift: what moved, how much accuracy fell and why, and whether it can be seen without labels.

Part of the lesson "Documenting and Releasing a Model". License: MIT.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from files.figures import BLACK, BLUE, GRAY, GREEN, LINES, ORANGE, PINK, RED, SKY, in_lesson_style
from files.rodents import (
    FEATURES,
    common_species,
    distances,
    held_out_distances,
    hold_out_plots,
    how_separable,
    interval,
    other_populations,
    resampled_means,
    source_captures,
    train_model,
    why_accuracy_changed,
    with_answers,
)

# Episode 7 -------------------------------------------------------------------------------------------


def cloud(captures):
    """Return the center and the spread (a covariance) of the captures in foot length and log weight."""
    points = np.column_stack([captures["hindfoot_length"], np.log(captures["weight"])])
    return points.mean(axis=0), np.cov(points.T)


def in_oval(captures, center, spread, size=5.99):
    """Return which captures lie in the oval that holds 95 of 100 captures of a bell-shaped cloud.

    5.99 is the squared distance from the center that 95 of 100 points of such a cloud do not exceed.
    """
    offsets = np.column_stack([captures["hindfoot_length"], np.log(captures["weight"])]) - center
    return (offsets @ np.linalg.inv(spread) * offsets).sum(axis=1) <= size


def oval_outline(center, spread, size=5.99):
    """Return foot lengths and weights along the edge of the oval."""
    turn = np.linspace(0, 2 * np.pi, 100)
    edge = (
        center + np.sqrt(size) * np.column_stack([np.cos(turn), np.sin(turn)]) @ np.linalg.cholesky(spread).T
    )
    return edge[:, 0], np.exp(edge[:, 1])


def species_looks(species, newcomer):
    """Return a color and a marker for each species, for the newcomer and for all other species."""
    colors, markers = [BLACK, ORANGE, SKY, GREEN, BLUE, PINK], "o^sDvP<*p>X"
    looks = {
        name: {
            "color": colors[number % len(colors)],
            "marker": markers[number % len(markers)],
            "linewidth": 0,
        }
        for number, name in enumerate(species)
    }
    looks["other"] = {"color": GRAY, "marker": "1", "linewidth": 0.8}
    looks[newcomer] = {"color": RED, "marker": "x", "linewidth": 0.8}
    return looks


@in_lesson_style
def empty_space_filled(rodents, newcomer="PB"):
    """Draw the measurements on control plots before 1990 and after 1998, and the newcomer's oval in both."""
    before = source_captures(rodents)
    after = other_populations(rodents)["control plots 1999-2002"]
    looks = species_looks(sorted(common_species(before)["species_id"].unique()), newcomer)
    center, spread = cloud(after[after["species_id"] == newcomer])
    figure, panels = plt.subplots(1, 2, figsize=(6.8, 5.4), sharex=True, sharey=True)
    random = np.random.default_rng(0)
    for axes, captures, years in [(panels[0], before, "1977 to 1989"), (panels[1], after, "1999 to 2002")]:
        # Lengths are whole millimeters: a little noise keeps the points from covering each other.
        length = captures["hindfoot_length"] + random.uniform(-0.4, 0.4, len(captures))
        names = captures["species_id"].where(captures["species_id"].isin(looks), "other")
        for name, look in looks.items():
            here = names == name
            axes.scatter(length[here], captures["weight"][here], s=14, alpha=0.5, label=name, **look)
        axes.plot(*oval_outline(center, spread), color=BLACK, linewidth=1.5, linestyle="--")
        share = in_oval(captures, center, spread).mean()
        axes.set_title(f"{years}\n{share:.1%} of captures in the oval")
        axes.set(xlabel="hind foot (mm)", yscale="log")
    panels[0].set_yticks([5, 10, 20, 50, 100, 200], [5, 10, 20, 50, 100, 200])
    panels[0].minorticks_off()
    panels[0].set_ylabel("weight (g, logarithmic scale)")
    handles, labels = panels[1].get_legend_handles_labels()
    legend = figure.legend(
        handles, labels, loc="outside lower center", ncols=7, markerscale=2, columnspacing=1
    )
    for handle in legend.legend_handles:
        handle.set_alpha(1)


def control_plots_tested(rodents):
    """Return all captures on control plots with answers and distances.

    Up to 1989 the answers are those of models that never saw the plot; after that, of the released model.
    """
    source = source_captures(rodents)
    common = common_species(source)
    before = hold_out_plots(source)
    before = before.assign(distance=held_out_distances(source).reindex(before.index))
    after = rodents.query("plot_type == 'Control' and year > 1989")
    after = with_answers(train_model(common), after).assign(distance=distances(common, after))
    return pd.concat([before, after])


def by_year(tested):
    """Return for each year accuracy, its interval over plots, mean confidence and the share far away.

    Far away is what lies farther from the training data than 95 of 100 held-out captures up to 1989.
    """
    limit = tested["distance"][tested["year"] <= 1989].quantile(0.95)
    tested = tested.assign(far=tested["distance"] > limit)
    years = tested.groupby("year")
    table = years.agg(accuracy=("correct", "mean"), confidence=("confidence", "mean"), far=("far", "mean"))
    limits = [interval(captures["correct"], captures["plot_id"]) for _, captures in years]
    table[["low", "high"]] = np.array(limits)
    return table


@in_lesson_style
def accuracy_by_year(rodents):
    """Draw accuracy, mean confidence and the share of captures far from the training data, by year."""
    table = by_year(control_plots_tested(rodents))
    _, (upper, lower) = plt.subplots(2, 1, figsize=(6.4, 6), sharex=True, height_ratios=[2, 1])
    errors = [table["accuracy"] - table["low"], table["high"] - table["accuracy"]]
    upper.errorbar(table.index, table["accuracy"], errors, label="accuracy, with interval", **LINES[0])
    upper.plot(table.index, table["confidence"], label="mean confidence", **LINES[1], markersize=4)
    upper.set_ylabel("share")
    upper.legend(loc="lower left")
    lower.bar(table.index, table["far"], color=ORANGE, edgecolor=BLACK, linewidth=0.6)
    lower.axhline(0.05, color=BLACK, linewidth=1, linestyle="--")
    lower.set(ylabel="share far from\ntraining data", xlabel="year")
    for axes in (upper, lower):
        axes.axvline(1989.5, color=GRAY, linewidth=1)
    upper.text(1989.8, 0.03, "training data end", color=GRAY, transform=upper.get_xaxis_transform())


def short_name(population):
    """Return the name of a population on two lines."""
    words = population.split()
    return " ".join(words[:-1]) + "\n" + words[-1]


@in_lesson_style
def why_accuracy_fell(rodents):
    """Draw by how many points each of three causes changed accuracy, for each population."""
    source = source_captures(rodents)
    tested, model = hold_out_plots(source), train_model(common_species(source))
    others = other_populations(rodents)
    causes = pd.DataFrame(
        {name: why_accuracy_changed(tested, with_answers(model, others[name])) for name in others}
    )
    looks = [("mix", SKY, ""), ("new species", RED, "//"), ("within species", GREEN, "..")]
    _, axes = plt.subplots(figsize=(6.4, 6.4))
    heights = np.arange(len(others))
    for place, (cause, color, hatch) in enumerate(looks):
        bars = {"color": color, "hatch": hatch, "edgecolor": BLACK, "linewidth": 0.6, "height": 0.26}
        axes.barh(heights + 0.27 * (place - 1), causes.loc[cause], label=cause, **bars)
    axes.axvline(0, color=BLACK, linewidth=0.8)
    axes.set_yticks(heights, [short_name(name) for name in others])
    axes.invert_yaxis()
    axes.set_xlabel("change in accuracy (percentage points)")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 0.25))


# Episode 8 -------------------------------------------------------------------------------------------


def separable_plots(captures):
    """Return how separable each plot is from all other plots."""
    plots = captures["plot_id"]
    return np.array(
        [how_separable(captures[plots != plot], captures[plots == plot]) for plot in plots.unique()]
    )


def shift_and_harm(rodents):
    """Return for each population how separable it is, and the change in accuracy with its interval.

    The change is in percentage points; the interval resamples plots, before and now.
    """
    source = source_captures(rodents)
    tested, model = hold_out_plots(source), train_model(common_species(source))
    means_before = resampled_means(tested["correct"], tested["plot_id"], seed=1)
    rows = {}
    for name, captures in other_populations(rodents).items():
        now = with_answers(model, captures)
        drawn = resampled_means(now["correct"], now["plot_id"], seed=2) - means_before
        change = now["correct"].mean() - tested["correct"].mean()
        separable = how_separable(source[FEATURES], captures[FEATURES])
        rows[name] = [separable, *(100 * np.array([change, *np.percentile(drawn, [2.5, 97.5])]))]
    return pd.DataFrame(rows, index=["separable", "change", "low", "high"]).T


@in_lesson_style
def detectable_is_not_harmful(rodents):
    """Draw how much accuracy changed against how separable each population is from the source."""
    table = shift_and_harm(rodents)
    ordinary = separable_plots(source_captures(rodents))
    _, axes = plt.subplots(figsize=(6.4, 5.8))
    home = f"each of the {len(ordinary)} control plots 1977-89\nagainst the other plots"
    axes.axvspan(ordinary.min(), ordinary.max(), color="#D9D9D9", linewidth=0, label=home)
    axes.axhline(0, color=BLACK, linewidth=0.8)
    colors, markers = [GREEN, ORANGE, SKY, BLUE, BLACK, RED], "Do^vsP"
    for (name, row), color, marker in zip(table.iterrows(), colors, markers, strict=True):
        error = [[row["change"] - row["low"]], [row["high"] - row["change"]]]
        look = {"color": color, "marker": marker, "markersize": 9, "linestyle": ""}
        axes.errorbar(row["separable"], row["change"], error, label=name, **look)
    axes.set(xlabel="how separable from the source (0.5: not at all)", ylabel="change in accuracy (points)")
    axes.set(xlim=(0.5, 1), ylim=(-80, 10))
    axes.legend(
        loc="lower left", frameon=True, facecolor="white", edgecolor="white", framealpha=1, borderaxespad=0.1
    )
