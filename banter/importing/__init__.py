"""What a CRM knows of companies and people, imported from a file: facts that fill what a lead did not say."""
