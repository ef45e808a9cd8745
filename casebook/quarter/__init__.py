"""One quarter's work: who owes drafts, how far they are, what the library lacks, and the order of the edition."""
