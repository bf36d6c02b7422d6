"""Making the site: figures, programs, notebooks, labs, and the search for faults."""
