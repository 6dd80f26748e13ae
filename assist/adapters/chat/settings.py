"""What of an endpoint's settings cannot work, whatever the endpoint is."""

from assist.domain.endpoint import ChatSettings
from assist.errors import BadSetting


def check(settings: ChatSettings) -> None:
    """Raise `BadSetting` for what cannot work whatever the endpoint is; never quotes the key."""
    if not settings.base_url:
        raise BadSetting(
            "empty",
            where="ASSIST_LLM__BASE_URL",
            cure="set it to the address of the endpoint, such as http://localhost:11434/v1",
        )
    if not settings.base_url.startswith(("http://", "https://")):
        raise BadSetting("not an http or https URL", where="ASSIST_LLM__BASE_URL")
    if "@" in settings.base_url:
        raise BadSetting(
            "names a user; addresses are logged",
            where="ASSIST_LLM__BASE_URL",
            cure="put the secret into ASSIST_LLM__API_KEY",
        )
    if not all(settings.all_models()):
        raise BadSetting(
            "no model is named for every role",
            where="ASSIST_LLM__MODEL",
            cure="name a chat model that the endpoint has",
        )
    key = settings.api_key.get_secret_value()
    if not key.isascii() or any(not "!" <= sign <= "~" for sign in key):
        raise BadSetting(
            "holds a space, a line break or a letter outside ASCII",
            where="ASSIST_LLM__API_KEY",
            cure="paste the key again, alone",
        )
    _check_prices(settings)


def _check_prices(settings: ChatSettings) -> None:
    unpriced = [model for model in settings.all_models() if model not in settings.prices]
    capped = settings.budget.cost is not None or settings.monthly_budget is not None
    if capped and unpriced:
        raise BadSetting(
            f"a budget of money is set, but no price of {unpriced[0]}",
            where="ASSIST_LLM__PRICES",
            cure='set its prices per million tokens: {"MODEL": {"prompt": 0.1, "reply": 0.4}}',
        )
