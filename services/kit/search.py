"""Text made comparable: search forgives accents and case, sorting puts n-tilde after n."""

import unicodedata


def search_text(*parts: str | None) -> str:
    """This will join what is there, in lower case and without accents: "Fustería Puig" -> "fusteria puig"."""
    joined = " ".join(part for part in parts if part)
    plain = joined.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return " ".join(plain.split())


def sort_name(name: str) -> str:
    """This will give the key a name sorts by, compared byte by byte: accents ignored, n-tilde after every n."""
    kept = name.casefold().replace("ñ", "n\x7f")
    return search_text(kept)


def like_pattern(text: str) -> str:
    """This will give the pattern that finds `text` anywhere in a search column; its wildcards are taken literally."""
    plain = search_text(text)
    for sign in ("\\", "%", "_"):
        plain = plain.replace(sign, "\\" + sign)
    return f"%{plain}%"
