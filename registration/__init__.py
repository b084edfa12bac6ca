"""Registration of delegates of countries and organisations for an intergovernmental meeting.

Importing this package imports nothing else: whoever needs a rule gets the rule, not Flask.
"""
