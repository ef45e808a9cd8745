"""How well and how fast the site finds: a benchmark corpus through its own analysis, query reader and engines."""
