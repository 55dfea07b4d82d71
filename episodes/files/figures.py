"""The style of the lesson's figures, the figures on evidence and that of the capstone.

Part of the lesson "Documenting and Releasing a Model". No number that a figure shows is written down here
or in `figures_shift.py` and `figures_responding.py`: each function computes what it shows from the table
that it is given. License: MIT.
"""

from functools import wraps

import matplotlib.pyplot as plt
import numpy as np

from files.rodents import calibration_error, interval

# Style -----------------------------------------------------------------------------------------------

# The colors of Okabe and Ito, which color-blind people can tell apart. Shapes and patterns say the same.
BLACK, ORANGE, SKY, GREEN, BLUE, RED, PINK, GRAY = (
    "#000000 #E69F00 #56B4E9 #009E73 #0072B2 #D55E00 #CC79A7 #767676".split()
)
LINES = [
    {"color": BLUE, "marker": "o", "linestyle": "-"},
    {"color": RED, "marker": "s", "linestyle": "--"},
    {"color": BLACK, "marker": "^", "linestyle": ":"},
    {"color": GREEN, "marker": "D", "linestyle": "-."},
]
STYLE = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 12,
    "errorbar.capsize": 3,
    "figure.constrained_layout.use": True,
    "figure.dpi": 150,
    "figure.facecolor": "white",
    "font.size": 13,
    "legend.fontsize": 12,
    "legend.frameon": False,
}


def in_lesson_style(draw):
    """Return the function with the style of the lesson around it, so that other figures keep theirs."""

    @wraps(draw)
    def draw_in_style(*args, **kwargs):
        with plt.rc_context(STYLE):
            draw(*args, **kwargs)
            plt.gcf().draw_without_rendering()  # ticks are made only now, in the style

    return draw_in_style


# Episode 3 -------------------------------------------------------------------------------------------


@in_lesson_style
def plots_differ(tested):
    """Draw the accuracy on each held-out plot, and what resampling captures and plots gives for all.

    The bars of the plots resample the captures of the plot. All intervals hold 95 of 100 means.
    """
    by_plot = tested.groupby("plot_id")["correct"]
    means = by_plot.mean().sort_values()
    limits = np.array([interval(by_plot.get_group(plot)) for plot in means.index])
    _, axes = plt.subplots(figsize=(6.4, 4.8))
    heights = np.arange(len(means)) + 2.8
    axes.errorbar(means, heights, xerr=abs(limits.T - means.to_numpy()), **{**LINES[0], "linestyle": ""})
    overall = tested["correct"].mean()
    for height, groups, line in [(1, None, LINES[1]), (0, tested["plot_id"], LINES[2])]:
        low, high = interval(tested["correct"], groups)
        axes.plot([low, high], [height, height], color=line["color"], linewidth=5, solid_capstyle="butt")
        axes.plot(overall, height, marker=line["marker"], color=line["color"], markersize=10)
    axes.axhline(1.9, color=GRAY, linewidth=0.8)
    names = ["all, resampling plots", "all, resampling captures", *(f"plot {plot}" for plot in means.index)]
    axes.set_yticks([0, 1, *heights], names)
    axes.set(xlabel="accuracy on the held-out plots", ylim=(-0.7, heights[-1] + 0.6))


@in_lesson_style
def reliability(tested_by_name, least=30):
    """Draw how many answers are right among those with equal confidence, a line a population.

    `tested_by_name` holds tables of captures with answers. A point is a tenth of the range of confidence
    with `least` captures or more.
    """
    _, axes = plt.subplots(figsize=(6.4, 5.8))
    axes.plot([0, 1], [0, 1], color=GRAY, linewidth=1, label="as often right as sure")
    for line, (name, tested) in zip(LINES, tested_by_name.items(), strict=False):
        number = np.minimum((tested["confidence"] * 10).astype(int), 9)
        by_bin = tested.groupby(number).filter(lambda part: len(part) >= least).groupby(number)
        error = calibration_error(tested)
        points = by_bin[["confidence", "correct"]].mean()
        axes.plot(points["confidence"], points["correct"], label=f"{name} (average gap {error:.2f})", **line)
    axes.set(xlabel="confidence of the answer", ylabel="share of answers that are right")
    axes.set(xlim=(0.2, 1), ylim=(0, 1))
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1))


# Capstone --------------------------------------------------------------------------------------------


@in_lesson_style
def penguin_sizes(penguins):
    """Draw bill length and body mass of each penguin: a shape for the species, filled shapes for males."""
    _, axes = plt.subplots(figsize=(6.4, 5.4))
    for (species, here), color, marker in zip(
        penguins.groupby("species"), [ORANGE, BLUE, GREEN], "os^", strict=True
    ):
        for sex, fill in [("female", "white"), ("male", color)]:
            birds = here[here["sex"] == sex]
            look = {"marker": marker, "facecolor": fill, "edgecolor": color, "s": 34}
            axes.scatter(birds["bill_length_mm"], birds["body_mass_g"], label=f"{species}, {sex}", **look)
    axes.set(xlabel="bill length (mm)", ylabel="body mass (g)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=3, columnspacing=1, handletextpad=0.1)
