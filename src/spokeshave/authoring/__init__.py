"""Changes to a lesson's pages that touch more than one file: a new page, another order, another name."""
