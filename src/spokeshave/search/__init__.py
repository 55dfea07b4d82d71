"""Search: pages → records → Pagefind's index, which the site keeps in the folder `pagefind/`."""
