"""Words without Flask: a `Translator` per language over the catalogs in `translations/`."""
