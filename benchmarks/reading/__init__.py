"""Does our reading beat plain Tesseract and plain RapidOCR, at what cost, and can its confidence be believed?

    .venv/bin/python -m benchmarks.reading [--layouts report|tune] [--ours-only] [--cache DIR] [--json FILE] [--curve FILE.svg]

Papers of one set of layouts are made with a fixed seed in five qualities, with bundles among them, and each is read in the same run by
``extractors.read.read_file``, by plain Tesseract and by the bare models of RapidOCR; the lines of either rival go to the same field
readers. Seconds are wall time; CPU seconds are user and system time of this process and its children. Every engine is warm before
the clock starts. Exact, accepted, in the right place and so on mean what the contract's scorer means by them.
"""
