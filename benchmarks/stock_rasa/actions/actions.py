"""What the documentation's example does: look at each value and keep it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction


class ValidateLeadForm(FormValidationAction):
    def name(self) -> str:
        return "validate_lead_form"

    def validate_budget(self, value: Any, dispatcher: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        return {"budget": value}
