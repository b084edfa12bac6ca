"""What all pages share: the language, the headers, the errors, the assets, the frame of templates."""
