"""The form in which enforcement documents write a citation. The words are those of kb/naming.py."""

from kb.naming import citation, key_words


def standard_citation(title: str, key: str = "", *, single_paragraph: bool = False) -> str:
    """`《中华人民共和国生态环境法典》第一千一百三十二条第三款`; 项 as 第（二）项.

    `single_paragraph` says that the article has one paragraph only: 第一款 is then left out,
    because writing it is marked down in file reviews (handbook §0 point 4).
    """
    return citation(title, key, sole_paragraph=single_paragraph)


def written_key(key: str, *, single_paragraph: bool = False) -> str:
    """`1132.p3` -> 第一千一百三十二条第三款; an empty key gives nothing."""
    return key_words(key, sole_paragraph=single_paragraph)
