"""Container health check: does the web server of this container answer `/healthz`?"""

import sys
import urllib.request

# As the proxy would ask: production answers plain HTTP with a redirect.
question = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"X-Forwarded-Proto": "https"})
with urllib.request.urlopen(question, timeout=4) as answer:
    sys.exit(answer.status != 200)
