"""`python -m evenhand.cli` runs the command line."""

from evenhand.cli.app import main

main()
