"""What a lead's points and route come from, said once: terminal, API, the lead's page and Slack only lay it out.

`explain` makes the value of `explanation`; `words` and `changed` have its words, `transcript` and `marks` show where
they were said. All these are pure. `stored` finds what a lead was scored by, `terminal` writes it there.
"""
