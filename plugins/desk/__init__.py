"""The desk: what people type. `python -m plugins.desk check | new | serve | watch | schema`, mostly by way of
`make`.
"""
