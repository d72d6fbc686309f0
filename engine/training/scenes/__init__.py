"""Scripted interactions: who says and shows what when, and what the model should do when."""
