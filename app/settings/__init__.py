"""Settings: one typed schema, and everything else about them follows from it."""
