"""What the computer itself plays (calls, films) as a source of its own. One handler a back end."""
