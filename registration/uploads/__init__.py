"""A file somebody sent: what it is, by its bytes and by decoding, and pictures we make from it."""
