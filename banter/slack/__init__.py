"""What is read and written in Slack, as values: nothing here calls Slack. `channels` takes it in, `worker` sends it."""
