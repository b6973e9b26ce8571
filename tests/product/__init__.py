"""The whole product, as people have it: a process of `banter serve`, spoken to over HTTP and in a browser."""
