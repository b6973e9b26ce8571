"""`banter simulate`: seeded visitors talk to Banter, so that an owner sees what a change of the playbook does.

`visitors` draws who comes, `policy` decides what they say, `trouble` and `figures` judge what happened; all pure. Only
`in_process` and `over_http` talk to something, and `run` and `report` do the rest.
"""
