"""The command line as a module, for child processes: ``python -m intake.cli.process worker``."""

from intake.cli import main

if __name__ == "__main__":
    main()
