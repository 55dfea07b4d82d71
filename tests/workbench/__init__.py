"""The site that the Workbench builds, held against spokeshave's."""
