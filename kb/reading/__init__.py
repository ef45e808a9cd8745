"""Prepares what the law reader shows; the views only choose and hand over.

selection   which version, on which day, and what the reader must be told about it
outline     contents, and the parts into which a long law is cut
tree        rows -> articles, headings and passages as the components want them
links       citations in the text -> links
cited_by    who cites a provision; upper apps add their kinds of sources here
margins     what stands beside an article: gist, change, cited-by, copy
timeline    the versions of a law
comparison  two versions article by article
catalogue   the list of regulations with its facets
"""
