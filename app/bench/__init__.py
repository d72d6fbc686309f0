"""What a person waits for, and what the desktop costs: measured from outside, on real devices."""
