"""The vocoder: from the own voice's mel to its wave, trained on what synthesisers say."""
