"""What all pages share: language, headers, errors, assets, what templates can use."""
