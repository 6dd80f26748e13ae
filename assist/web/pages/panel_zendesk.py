"""`/panel/zendesk`: the panel's frame as a Zendesk app opens it, with the token Zendesk signed.

The page tells nothing: its script exchanges the token, once, and asks Zendesk's own script which
ticket is open. That script is Zendesk's, from where Zendesk says; no other page of ours loads any.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from assist.web.messages import EN
from assist.web.pages.panel import HEADERS
from assist.web.pages.sample import templates

router = APIRouter(prefix="/panel/zendesk", include_in_schema=False)
SDK = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
CSP = "Content-Security-Policy"
LOADING_SDK = HEADERS | {
    CSP: HEADERS[CSP].replace("script-src 'self'", "script-src 'self' https://static.zdassets.com"),
    "Cache-Control": "no-store",
}


@router.get("")
async def unsigned(request: Request) -> HTMLResponse:
    """Without a token, for agents who have signed in on the same site."""
    return _frame(request, "")


@router.post("")
async def signed(
    request: Request, token: Annotated[str, Form(max_length=16_384)] = ""
) -> HTMLResponse:
    """With the token that Zendesk posts where the manifest says `signedUrls`."""
    return _frame(request, token)


def _frame(request: Request, token: str) -> HTMLResponse:
    told = {"m": EN, "token": token, "sdk": SDK}
    return templates.TemplateResponse(request, "panel_zendesk.html", told, headers=LOADING_SDK)
