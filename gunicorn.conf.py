"""How gunicorn serves the site when it is started in this folder; options on its command line win over these.

With threads a long answer holds its thread only. A worker without them is killed when one answer takes longer than
`timeout`, and an edition of a hundred cases may, on a busy machine.
"""

import os

# 500 candidates who begin in one second need both cores of a small machine: docs/deploy/exams.md
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 30  # seconds without a sign of life of the worker itself
graceful_timeout = 120  # what is under way may end when the service is restarted
