"""One Chromium for all browser tests of a process, driven over Playwright's synchronous interface."""

import os

from playwright.sync_api import sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-quic",
    "--disable-sync",
    # Whatever a page asks for elsewhere is not there; tests/browser/watching.py tells.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)
ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"


class Chromium:
    """Started on first use, stopped before a test of another family runs.

    Playwright leaves an event loop running in this thread, in which Django refuses to query unless told that
    nothing here is asynchronous. Other families must see neither the loop nor that permission.
    """

    def __init__(self):
        self._playwright = None
        self._browser = None

    def browser(self):
        if self._browser is None:
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(
                executable_path=os.environ["ITSM_CHROMIUM"], args=list(ARGUMENTS)
            )
            os.environ[ASYNC_UNSAFE] = "true"
        return self._browser

    def stop(self):
        if self._browser is not None:
            self._browser.close()
            self._playwright.stop()
            self._browser = self._playwright = None
            os.environ.pop(ASYNC_UNSAFE, None)
