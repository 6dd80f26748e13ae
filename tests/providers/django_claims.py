"""What the real provider tells of somebody; read by it once Django is set up."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):  # type: ignore[misc]  # django-oauth-toolkit has no types
    """Tells name and groups besides who it is."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """The claims of its user."""
        groups = list(request.user.groups.values_list("name", flat=True))
        return {"name": request.user.get_full_name(), "groups": groups}
