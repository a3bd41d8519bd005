"""Papers that the apps give out: what leaves as a file, made of frozen data without the database."""
