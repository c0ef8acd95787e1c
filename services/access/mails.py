"""The mail of a forgotten password. English text with named places is the id of a sentence, like a refusal's."""

from services.kit.mail import Mail
from services.kit.words import translator

FORGOTTEN_SUBJECT = "Choose a new password"
FORGOTTEN_TEXT = (
    "Hello, {name}.\n\nA new password was asked for, probably by you. Choose it here within one hour:\n{link}\n\n"
    "If it was not you, do nothing: your password stays as it is.\n"
)


def forgotten_mail(*, to: str, locale: str, name: str, link: str) -> Mail:
    """Where the person chooses a new password; `link` is the mark of the link that is signed when it is sent."""
    translate = translator(locale)
    written = translate(FORGOTTEN_TEXT).format(name=" ".join(name.split()), link=link)
    return Mail(to=to, subject=translate(FORGOTTEN_SUBJECT), text=written)
