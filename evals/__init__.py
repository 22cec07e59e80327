"""Gold questions -> runs -> reports: how good the answers are, and how sure that is.

Imports assistant, index and corpus; nothing below imports it. Start with evals/README.md.
"""
