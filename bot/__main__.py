"""Start the command line: `faqbot`, or `python -m bot`."""

import gc
import os

# What is imported stays: to look through it for garbage again and again takes a tenth of a second. `bot.cli.app` turns
# this on again once a command is imported.
gc.disable()
# For matrices as small as those of a question, threads cost more than they do; numpy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli.app import main  # noqa: E402  # after what counts while it is imported

if __name__ == "__main__":
    main()
