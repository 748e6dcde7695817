"""What makes incidents alike, and when they are too many: plain functions over plain values, without a database."""
