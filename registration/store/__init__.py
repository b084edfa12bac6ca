"""What the site remembers: tables, reading (find_, get_, list_) and, for the one writer, writing."""
