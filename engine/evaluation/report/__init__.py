"""Results as one page that a person reads."""
