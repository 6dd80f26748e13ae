"""What a provider or a helpdesk says of somebody -> the role and the level they come in with."""

from typing import get_args

from assist.domain.access import ROLES, Role
from assist.domain.authority import Authority
from assist.domain.doors import EntitlementSettings, groups_in
from assist.domain.sign_in import Identity, Person
from assist.errors import NotPermitted
from assist.policies.levels import rank

LONGEST_NAME = 200
NAMES = ("name", "preferred_username", "email")
"""Claims that say what somebody is called, the best first."""


def entitled(identity: Identity, rules: EntitlementSettings, authority: Authority) -> Person:
    """Who comes in; of several groups the role that opens most, the level that grants most.

    Raises `NotPermitted` where no group of theirs has a role, or one names a level that nobody
    declares.
    """
    groups = groups_in(identity.claims, rules.claim)
    roles = [rules.roles[group] for group in groups if group in rules.roles]
    if not roles:
        raise NotPermitted(
            f"no group of theirs has a role here (claim {rules.claim!r})",
            cure="ask whoever runs the service to give one of your groups a role",
        )
    levels = [rules.levels[group] for group in groups if group in rules.levels]
    for level in levels:
        if level not in authority.levels:
            raise NotPermitted(
                f"a group of theirs has the level {level!r}, which nobody declares",
                cure=f"map it to one of {', '.join(authority.levels)}",
            )
    return Person(
        id=identity.person_id,
        name=_name(identity),
        role=max(roles, key=_opens),
        level=max(levels, key=lambda level: rank(authority, level), default=authority.levels[0]),
    )


def _opens(role: Role) -> tuple[int, int]:
    return sum(role in roles for roles in ROLES.values()), get_args(Role).index(role)


def _name(identity: Identity) -> str:
    for claim in NAMES:
        said = identity.claims.get(claim)
        if isinstance(said, str) and said.strip() and said.isprintable():
            return said.strip()[:LONGEST_NAME]
    return ""
