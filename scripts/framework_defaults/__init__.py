"""The defaults that dialects state, and what the source of the frameworks says of them."""
