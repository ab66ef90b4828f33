"""What tests share: tiny extracts, made-up lives, the command line, a browser."""
