"""Long searches for what breaks spokeshave: `make fuzz`."""
