"""`aside eval speak`: a voice one understands."""
