"""The model card, written from measured figures."""
