"""Sessions from files: media become input turns, sessions become tapes, tapes become pictures."""
