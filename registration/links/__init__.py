"""Addresses that leave the house: built from BASE_URL alone, with tokens that only we can make."""
