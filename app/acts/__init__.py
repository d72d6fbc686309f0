"""What Aside did and what it may do, in a window: read, searched, taken back."""
