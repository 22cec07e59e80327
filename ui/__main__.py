"""`python -m ui` is `rapporteur`."""

from ui.cli import main

main()
