"""What the camera shows: repetitions counted, starts and stops called, events told of. The
screens of Tk, a toolkit that only judges."""
