"""What `make audit` runs with tools from npm; no part of the tests."""
