"""A partnership of Anna's municipality with Sanne's company and one of the register that has no account."""

from tests.partnerships.conftest import area_side, harbour, sanne, smithy, together

__all__ = ["area_side", "harbour", "sanne", "smithy", "together"]
