"""Other people's full-duplex models, one file a protocol, with the same events out.

Read in this order: adapter (what each must do), spoken (the voice that comes too early), session
(one connection), then any of realtime, translation, vllm_omni, sglang_omni and moshi. `table` names
them all. An adapter touches no socket and no clock: frames in, events and frames out; time passes
with the sound it is given.
"""
