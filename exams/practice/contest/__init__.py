"""大比武: streets against streets on one timed paper, and the ranking that is published with the results."""
