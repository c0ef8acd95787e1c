"""Why a mail was not sent."""


class MailNotSent(Exception):
    """The server was not reached, was busy, or refused us for a reason that an operator can mend; try again."""


class MailUndeliverable(Exception):
    """The server refused the recipient or the content for good (an answer of 500 or more)."""
