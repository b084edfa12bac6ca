"""Tables that leave the house: what stands in each, in one language, and the two formats."""
