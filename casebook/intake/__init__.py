"""From a street's Word draft to a case that an editor confirmed.

    reading         bytes -> Draft: checked, read, sorted under headings; nothing dropped silently
    docx, word_*    the Word package: its story, pictures, concealed text, leftovers; plain: .txt and .md
    headings, title, sorting    lines -> parts
    figures, outcome            what the text says of dates, money, procedure and result
    basis, items, proposals     what the database adds: provisions by role, power items, domain, street
    keeping                     `receive`, `make_case`, `discard`; the reading as JSON, pictures in their own folder
    forms, confirming, views    upload and confirmation in the admin

The first four lines are pure. Public: `reading.read_draft`, `proposals.propose`, the verbs of `keeping`.
"""
