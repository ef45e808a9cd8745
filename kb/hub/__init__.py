"""Prepares what the item page and the lists of items show; the views only choose and hand over.

basis      the articles of an item by role, with their text on the day; what they were before
costs      what it costs, from the penalty summary
steps      what to do first
holding    which streets hold the item, who answers for it, how it was adjusted
related    items that rest on the same article, then of the same domain
listing    the list: filters, facets with counts
sheets     the lists as Excel
"""
