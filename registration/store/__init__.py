"""What the site remembers: tables, reading (find_, get_, list_); writing, for the one writer."""
