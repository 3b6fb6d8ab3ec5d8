"""Notices: what Medspil sends to people, through an outbox that loses nothing and sends nothing twice."""
