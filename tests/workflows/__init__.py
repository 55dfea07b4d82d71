"""What the workflows in .github/workflows run, and the tests of both. Nothing here needs GitHub."""
