"""The pure core: answers -> points -> route, with reasons. Standard library only; no input or output, no clock.

Read it in this order:

`model`         what was answered, what it scored, where the lead goes: the values that all else shares
`known`         what is known beside the answers: facts, and what somebody did
`wanted`        what a rule looks for in a fact, with tolerance
`parts`         what a rubric may hold beside points and thresholds
`rubric`        a rubric, built from plain data and checked; `data` reads the data, and goes on after a fault
`fit`           a lead beside the ideal customer; `profile` builds that from plain data
`behaviour`     what was done -> points that fade
`score`         all of it -> points, a line for each rule that counts
`route`         points -> where the lead goes, and why
`verdict`       the result, one value: `judge` makes it, and is all that most callers need

and what is asked of results:

`change`        what would have led elsewhere; `alternatives` are the facts that could have been
`diff`          what differs between two rubrics
`backtest`      what another rubric would have made of the leads there were
`lint`          whether a rubric is what its owner means
"""
