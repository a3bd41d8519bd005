"""Reading lists of organisations that others have kept: files, columns, values, and what is there already."""
