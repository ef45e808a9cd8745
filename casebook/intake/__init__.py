"""From a street's Word draft to a case that an editor confirmed.

reading     bytes -> Draft: checked, read, sorted under headings; pure, nothing dropped silently
docx        the Word package; word_* its story, pictures, concealed text, leftovers; plain: .txt, .md
headings, title, sorting    lines -> parts
figures, proposals          what the text says of dates, money, procedure; what the database adds
keeping     Draft <-> JSON in `CaseIntake`, pictures outside the public folder
forms, views                upload and confirmation in the admin
"""
