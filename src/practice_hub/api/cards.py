"""Checking a card's metadata before it is uploaded."""

from __future__ import annotations

from starlette.responses import JSONResponse, PlainTextResponse, Response

from practice_hub.call import Call
from practice_hub.cards.metadata import read_card
from practice_hub.routing import Body, Route


def validate(call: Call) -> Response:
    """`ModelCard.validate` asks for text and shows it as it is; uploads ask for JSON, and show warnings too."""
    card = read_card(call.json().text("content"))
    status = 400 if card.errors else 200
    if call.headers.get("accept") == "text/plain":
        return PlainTextResponse("\n".join(f"- Error: {error}" for error in card.errors), status)
    errors = [{"message": f"Error: {error}"} for error in card.errors]
    return JSONResponse({"errors": errors, "warnings": [{"message": text} for text in card.warnings]}, status)


ROUTES = (Route("POST", "/api/validate-yaml", validate, body=Body.BYTES),)
