"""A chat platform on this machine: a real HTTPS server that a fake resolver puts under the platforms' names."""

import json
import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = (
    "oapi.dingtalk.com", "qyapi.weixin.qq.com", "open.feishu.cn", "hooks.slack.com",
    "prod-01.westeurope.logic.azure.com", "hook.example.com",
)  # fmt: skip
ADDRESSES = {
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=tokenOfDingTalk0123456789abcdef",
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=keyOfWeCom-0123456789-abcdef",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/tokenOfFeishu-0123456789abcdef",
    "slack": "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
    "teams": "https://prod-01.westeurope.logic.azure.com:443/workflows/flowOfTeams0123456789/triggers/manual/paths/"
    "invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=sigOfTeams0123456789abcdef",
    "webhook": "https://hook.example.com/in/secretOfWebhook0123456789abcdef?x=1",
}
_YES = {
    "oapi.dingtalk.com": b'{"errcode":0,"errmsg":"ok"}',
    "qyapi.weixin.qq.com": b'{"errcode":0,"errmsg":"ok"}',
    "open.feishu.cn": b'{"code":0,"msg":"success","data":{}}',
    "hooks.slack.com": b"ok",
}


class Platforms(ThreadingHTTPServer):
    """`got` lists (host, path, headers, JSON) of what arrived; `answers` replaces what is said by host."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got, self.answers = [], {}
        self.certificate = folder / "cert.pem"
        names = ",".join(f"DNS:{name}" for name in NAMES)
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                   "2", "-keyout", folder / "key.pem", "-out", self.certificate, "-subj", "/CN=platforms",
                   "-addext", f"subjectAltName={names}"]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that hangs up is no news."""

    def resolve(self, host, port, *_args, **_options):
        """Stands for socket.getaddrinfo: every name is this server, at its own port."""
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", self.server_address[1]))]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        host = self.headers["Host"].partition(":")[0]
        self.server.got.append((host, self.path, dict(self.headers), json.loads(body)))
        status, headers, said = self.server.answers.get(host, (200, {}, _YES.get(host, b"")))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_args):
        """Silent."""
