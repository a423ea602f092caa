"""What is known of each form service: one module a service, listed in registry.py.

Each module fills in the class of form_service.py: how a table of the service is recognised, which
fields the service's own columns give, and what the service writes for no answer. The fields that a
form's questions give are found in tasks.intake.tables.
"""
