"""What was said, typed and done, kept on this machine for as long as the user wants."""
