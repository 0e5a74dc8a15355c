"""Settle an agreement on real claims: a statement, a ledger, and a certificate to check them by."""
