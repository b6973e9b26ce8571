"""What Banter does with a lead: values, ports (Protocols) and the use cases. No input or output of its own."""
