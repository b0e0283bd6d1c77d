"""Start PostgreSQL, Valkey and S3 as child processes, without Docker."""
