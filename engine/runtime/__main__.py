"""`python -m engine.runtime`: one JSON object, which model this Python loads and who computes it.

For whoever would know what another Python's engine does: `aside doctor`.
"""

import json

from engine.runtime import CheckpointError, Computing, load

try:
    engine = load(None, Computing())
except CheckpointError as error:
    print(json.dumps({"error": str(error)}))
else:
    print(json.dumps({"name": engine.name, "computes": engine.computes}))
