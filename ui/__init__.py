"""The command line and the app: they show, they decide nothing."""
