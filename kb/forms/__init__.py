"""执法文书 as files and as facts.

citations   the legal basis of a form -> Citation rows
library     the list of forms: what is asked, grouped by stage
page        what the page of one form shows on a day
document    a form -> a neutral layout (pure): lines, tables, passages, signatures
docx        the layout -> .docx, the same bytes for the same form
files       which file a reader gets: the site's own, else the one made here
"""
