"""The request catalogue: what people may ask for, its forms and approvals, and the requests they make."""
