"""Start the command line: `faqbot`, or `python -m bot`."""

import os

# For matrices as small as those of a question, threads cost more than they do; numpy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli.app import main

if __name__ == "__main__":
    main()
