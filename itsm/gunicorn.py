"""gunicorn's logs, masked: links in mails act without a login and carry their secret in the path."""

from gunicorn import glogging

from core.logs import MaskingFormatter


class Logger(glogging.Logger):
    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(MaskingFormatter(handler.formatter._fmt, handler.formatter.datefmt))
