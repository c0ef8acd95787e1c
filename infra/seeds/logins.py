"""Who can sign in to the demo, as text for the terminal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person: where it signs in (a path), as whom, and what it is."""

    path: str
    login: str
    who: str


@dataclass(frozen=True, slots=True)
class DemoLogins:
    """Everybody of the demo firm. One password for all; the token of the partner app is made by chance each time."""

    password: str
    people: tuple[DemoLogin, ...]
    partner_app: str
    partner_token: str

    def text(self, address: str) -> str:
        """This will list the logins for somebody who has just started the demo at `address`."""
        lines = [f"Demo logins, password for all: {self.password}"]
        width = max(len(person.login) for person in self.people)
        for path in dict.fromkeys(person.path for person in self.people):
            lines.append(f"  {address}{path}")
            lines += [f"    {one.login:{width}}  {one.who}" for one in self.people if one.path == path]
        lines += [
            f"Token of the partner app {self.partner_app} (header: Authorization: Bearer ...)",
            f"    {self.partner_token}",
        ]
        return "\n".join(lines) + "\n"
