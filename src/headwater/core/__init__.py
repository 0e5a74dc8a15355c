"""The nouns of Headwater: what people write, what the code computes, what is large.

This layer imports nothing of ours. Verbs live in the rooms above it.
"""
