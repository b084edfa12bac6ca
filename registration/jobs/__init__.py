"""What runs outside a request. The queue is only a bell: rows with a lease hold the truth."""
