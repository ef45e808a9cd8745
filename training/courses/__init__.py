"""学法课堂: lessons that are read or watched on this site, and a quiz at the end that earns hours."""
