"""A question to an Answer whose every statement is a quoted span of a source."""
