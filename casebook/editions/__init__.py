"""An edition as a book: frozen cases -> `content.exports.Document` -> files that are never changed.

printed    the entries of an edition as they were frozen, and which cannot be printed and why
texts      plain text with citations -> blocks of a document
cited      which provisions the cases cite, and their text at the editorial deadline
chapters   a frozen case -> chapter         book     the whole edition
actions    make_files: the printing, its checksums, corrected printings
files      a file appears whole or not at all
views      downloads, the editors' page of files, a case as it was printed
"""
