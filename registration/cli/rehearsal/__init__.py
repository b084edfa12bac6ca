"""A whole meeting played through over real HTTP and SMTP, on a site of its own."""
