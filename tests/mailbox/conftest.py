"""Fixtures of the mailbox tests."""

from tests.dovecot import dovecot

__all__ = ["dovecot"]
