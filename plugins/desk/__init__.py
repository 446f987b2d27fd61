"""The desk: what people type. `python -m plugins.desk check | new | datelines | serve | watch | schema`, mostly by way
of `make`.
"""
