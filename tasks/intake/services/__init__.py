"""What is known of each form service: one module a service, listed in registry.py.

Each fills in the class of form_service.py: what makes a table the service's, what the columns give
that it adds, what it writes for no answer. What questions of the form give is in
tasks.intake.tables.
"""
