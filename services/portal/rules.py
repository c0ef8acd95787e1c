"""What a branding and a comment may be."""

import re
from typing import ClassVar

from services.kit.errors import BadInput, Refused

SLUG_LENGTH_MAX = 40
FOOTER_LINES_MAX = 3
FOOTER_LINE_LENGTH_MAX = 140
COMMENT_LENGTH_MAX = 4_000
DISPLAY_NAME_LENGTH_MAX = 80

RESERVED_SLUGS = frozenset(
    {
        "admin",
        "api",
        "app",
        "assets",
        "atrio",
        "files",
        "firm",
        "graphql",
        "help",
        "login",
        "logout",
        "portal",
        "sign-in",
        "sign-out",
        "static",
        "support",
        "www",
    }
)
"""Addresses that are ours or that a stranger could take for ours."""

_SLUG = re.compile(r"[a-z0-9](-?[a-z0-9])+")
_COLOR = re.compile(r"#[0-9a-f]{6}")


class SlugReserved(Refused):
    """The address belongs to the platform."""

    code: ClassVar[str] = "SLUG_RESERVED"
    sentence: ClassVar[str] = "The address {slug} cannot be used; please choose another."


class SlugTaken(Refused):
    """Another publisher has the address."""

    code: ClassVar[str] = "SLUG_TAKEN"
    sentence: ClassVar[str] = "The address {slug} is in use; please choose another."


def checked_slug(slug: str) -> str:
    """This will give the slug as it is kept: small letters, digits, single hyphens. Raises BadInput, SlugReserved."""
    cleaned = slug.strip().lower()
    if len(cleaned) > SLUG_LENGTH_MAX or _SLUG.fullmatch(cleaned) is None:
        raise BadInput("slug", "use 2 to {most} letters, digits and single hyphens", most=SLUG_LENGTH_MAX)
    if cleaned in RESERVED_SLUGS:
        raise SlugReserved(path=("slug",), slug=cleaned)
    return cleaned


def checked_color(color: str) -> str:
    """This will give a colour as #rrggbb. Nothing else is taken, so that no style can be smuggled in."""
    cleaned = color.strip().lower()
    if _COLOR.fullmatch(cleaned) is None:
        raise BadInput("primaryColor", "give a colour such as #1f5f4a")
    return cleaned


def checked_display_name(name: str) -> str:
    """This will give the publisher's name as its portal shows it."""
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= DISPLAY_NAME_LENGTH_MAX:
        raise BadInput("displayName", "give a name of 1 to {most} signs", most=DISPLAY_NAME_LENGTH_MAX)
    return cleaned


def checked_footer(text: str) -> str:
    """This will give what stands at the foot of a company's papers: at most three lines, empty for none."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    if len(lines) > FOOTER_LINES_MAX or any(len(line) > FOOTER_LINE_LENGTH_MAX for line in lines):
        raise BadInput(
            "documentFooter",
            "write at most {lines} lines of {most} signs",
            lines=FOOTER_LINES_MAX,
            most=FOOTER_LINE_LENGTH_MAX,
        )
    return "\n".join(lines)


def checked_comment(text: str) -> str:
    """This will give a comment as it is kept: without blanks around it, line breaks kept."""
    cleaned = text.strip()
    if not 1 <= len(cleaned) <= COMMENT_LENGTH_MAX:
        raise BadInput("text", "write 1 to {most} signs", most=COMMENT_LENGTH_MAX)
    return cleaned
