"""Locked blobs: put, open, destroy. A wrapped key is given and returned, never stored here."""
