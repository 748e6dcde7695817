"""What people send to the catalogue: shape only. Answers are judged by `catalog.form_engine`."""
