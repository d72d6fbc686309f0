"""Keyboard, mouse and clipboard of this desktop, lent to the tools."""
