"""Engines that turn pixels into text, one file an engine, one protocol (``engine.Engine``)."""
