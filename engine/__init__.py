"""The engine: model, runtime, server, client, training and evaluation."""

import os

# numpy reads these when it is loaded. Our products of matrices are small: on several threads they
# take as long, and twenty times as long where another program has one of the processors.
for _threads in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_threads, "1")
