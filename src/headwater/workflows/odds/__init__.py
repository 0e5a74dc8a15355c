"""How likely a contract is to pay for nothing, or to pay nothing for success."""
