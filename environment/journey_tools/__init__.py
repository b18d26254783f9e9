"""What stands behind the commands in environment/.

`setup` and all it imports use Python's standard library only, because they run before the virtual
environment exists. `execution`, `pages` and `notebooks` need it.
"""
