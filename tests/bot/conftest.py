"""Fixtures of the program's tests."""

from tests.dovecot import dovecot

__all__ = ["dovecot"]
