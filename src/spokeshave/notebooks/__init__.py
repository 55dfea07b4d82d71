"""Episodes as Jupyter notebooks: the text and code of the page, with what the code really printed."""
