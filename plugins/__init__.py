"""The plugins of the house. (Replaced when the set stands.)"""
