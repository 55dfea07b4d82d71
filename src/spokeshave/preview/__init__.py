"""`spokeshave serve`: the site while it is written, in the browser of its author."""
