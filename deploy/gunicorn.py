"""gunicorn in a container: threads, short grace, heartbeat files in memory (the root is read-only)."""

import os
import tempfile

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
logger_class = "itsm.gunicorn.Logger"
accesslog = "-" if os.environ.get("ACCESS_LOG") else None

# Each worker counts its own requests; in one directory /metrics adds them up, whichever worker is asked.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-", dir="/dev/shm"))
