"""Which model the app runs on: what there is, what was chosen, and the way to it.

`known.json` is what we know of other people's models, each with the source of what it says.
checkpoints are on this disk; choice holds what the user added and selected; keys never lie in its
file. link turns a choice into an EngineLink: only here, and only for a model that the user chose,
does anything of a conversation leave this machine.
"""
