"""执法证 for readers: 持证率 and its names, what is due, the public look-up. The register itself is in `people`."""
