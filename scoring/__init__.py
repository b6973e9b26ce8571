"""The pure core: answers -> points -> route, with reasons. Standard library only; no input or output."""
