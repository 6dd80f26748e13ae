"""`/metrics`: how the service does, in Prometheus's format."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assist.service.desk import Desk
from assist.web.api.answers import ANY, problems
from assist.web.metrics import Metrics
from assist.web.metrics_now import AskedNow

router = APIRouter(tags=["service"])
TEXT = "text/plain"
EXAMPLE = (
    "# HELP assist_requests_total Requests answered.\n# TYPE assist_requests_total counter\n"
    'assist_requests_total{operation="suggest",status="200"} 42.0\n'
)


@router.get(
    "/metrics",
    operation_id="get_metrics",
    summary="How the service does",
    response_class=Response,
    responses={
        **problems(*ANY),
        200: {"content": {TEXT: {"schema": {"type": "string"}, "example": EXAMPLE}}},
    },
)
def metrics(request: Request) -> Response:
    """Numbers in the text format of Prometheus, of all processes of this home together.

    For the role `admin` where keys are in use: a scraper sends its key as any client does.
    """
    desk: Desk = request.app.state.desk
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(AskedNow(desk)), media_type=f"{TEXT}; version=0.0.4")
