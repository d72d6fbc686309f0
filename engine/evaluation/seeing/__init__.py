"""What the camera shows: repetitions counted, starts and stops called, events told of."""
