"""The window: captions, what Aside is doing, and the few things a person can tell it."""
