"""The formats, each a pure function from an invoice to bytes."""
