"""PostgreSQL: the embedded server, the connection under row-level security, and the stores."""
