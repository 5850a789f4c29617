"""One module for each host, such as `normalize.hosts.polars`; each needs its host, an extra of its name."""
