"""Layout, code sets, rule and reason catalogs, and the tables that hold them."""
