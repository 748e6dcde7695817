"""What the launcher tells the person at the terminal, in Chinese or English by the locale."""

import os
import sys
import time

TEXTS = {
    "python_unsupported": (
        "Python 3.11, 3.12 or 3.13 is needed, this is {found}. Try for example: python3.12 manage.py up",
        "需要 Python 3.11、3.12 或 3.13，当前是 {found}。请换用受支持的版本，例如：python3.12 manage.py up",
    ),
    "musl": (
        "This is a musl system (such as Alpine), for which no built-in PostgreSQL and Valkey exist. "
        "Set DATABASE_URL and REDIS_URL to servers of your own and start again.",
        "这是 musl 系统（例如 Alpine），没有可用的内置 PostgreSQL 和 Valkey。"
        "请将 DATABASE_URL 和 REDIS_URL 指向您自己的服务器后重试。",
    ),
    "no_network": (
        "The packages could not be downloaded: no network, or no package index answers. "
        "Check the connection or the proxy settings and start again. Details: {log}",
        "无法下载软件包：网络不通，或软件包索引没有响应。请检查网络或代理设置后重试。详情见 {log}",
    ),
    "disk_full": (
        "The disk is full ({path}): {free} MB are free, {needed} MB are needed. Make room and start again.",
        "磁盘空间不足（{path}）：剩余 {free} MB，需要 {needed} MB。请清理后重试。",
    ),
    "disk_full_now": (
        "The disk is full. Make room and start again.",
        "磁盘已满。请清理后重试。",
    ),
    "not_writable": (
        "The folder {path} cannot be written. Change its rights, or point ITSM_HOME somewhere else.",
        "目录 {path} 不可写。请修改权限，或用 ITSM_HOME 指定其他目录。",
    ),
    "port_in_use": (
        "Port {port} on {host} is used by another program. Choose another one: manage.py up --port {other}",
        "{host} 的端口 {port} 已被其他程序占用。请换一个端口：manage.py up --port {other}",
    ),
    "port_forbidden": (
        "Port {port} on {host} may not be opened by this user. Choose one above 1023: manage.py up --port {other}",
        "当前用户无权使用 {host} 的端口 {port}。请选择 1023 以上的端口：manage.py up --port {other}",
    ),
    "host_unknown": (
        "This machine has no address {host} to listen on.",
        "本机没有可供监听的地址 {host}。",
    ),
    "already_up": (
        "It is already running (process {pid}, {url}). Stop that one first, or use another ITSM_HOME.",
        "系统已在运行（进程 {pid}，{url}）。请先停止它，或使用另一个 ITSM_HOME。",
    ),
    "no_venv_module": (
        "This Python cannot make virtual environments. Install its venv module "
        "(Debian and Ubuntu: apt install python3-venv) or uv, and start again.",
        "当前 Python 无法创建虚拟环境。请安装 venv 模块（Debian/Ubuntu：apt install python3-venv）或 uv 后重试。",
    ),
    "install_failed": (
        "Installing the Python packages failed. Last line: {last} - details: {log}",
        "安装 Python 软件包失败。最后一行：{last}；详情见 {log}",
    ),
    "assets_failed": (
        "Building the front-end assets failed. Last line: {last} - details: {log}",
        "构建前端资源失败。最后一行：{last}；详情见 {log}",
    ),
    "server_failed": (
        "{server} did not start. Last line of its log: {last} - details: {log}",
        "{server} 未能启动。日志最后一行：{last}；详情见 {log}",
    ),
    "no_server_binary": (
        "The built-in {server} is not installed for this system. Set DATABASE_URL and REDIS_URL instead.",
        "此系统没有可用的内置 {server}。请改用 DATABASE_URL 和 REDIS_URL。",
    ),
    "url_missing": (
        "DATABASE_URL and REDIS_URL go together: {missing} is not set.",
        "DATABASE_URL 与 REDIS_URL 须同时设置：缺少 {missing}。",
    ),
    "server_unreachable": (
        "The server of {name} does not answer at {place}. Check the address and that it is running.",
        "{name} 指定的服务器 {place} 没有响应。请检查地址以及服务器是否已启动。",
    ),
    "step_failed": (
        'The step "{step}" failed; the lines above say why.',
        "步骤“{step}”失败，原因见上文。",
    ),
    "unfinished_demo": (
        "The demo data were not finished last time; starting them over.",
        "上次演示数据未生成完，现在重新生成。",
    ),
    "elsewhere": (
        "The folder is closed to other users, so PostgreSQL (which refuses to run as root) keeps its files in {path}.",
        "该目录对其他用户不可访问，而 PostgreSQL 不允许以 root 运行，因此其数据存放在 {path}。",
    ),
    "no_browser": (
        "No Chromium was found; browser tests will be skipped ({reason}).",
        "未找到 Chromium，浏览器测试将被跳过（{reason}）。",
    ),
    "installing": ("Installing Python packages ({lock})", "安装 Python 软件包（{lock}）"),
    "node_installing": (
        "Installing Node.js (none of the system is 20 or newer)",
        "安装 Node.js（系统没有 20 以上版本）",
    ),
    "assets": ("Building front-end assets", "构建前端资源"),
    "database": ("Starting PostgreSQL", "启动 PostgreSQL"),
    "valkey": ("Starting Valkey", "启动 Valkey"),
    "preparing": ("Preparing the application", "准备应用"),
    "browser": ("Fetching Chromium for the browser tests", "获取浏览器测试所需的 Chromium"),
    "migrating": ("Applying {count} migrations", "执行 {count} 个数据库迁移"),
    "seeding": ("Filling the demo company (a few minutes, only once)", "生成演示数据（仅首次，需几分钟）"),
    "ready": ("Ready: {url}", "已就绪：{url}"),
    "accounts": ("Demo accounts (one click on the login page):", "演示账号（登录页可一键登录）："),
    "first_admin": (
        "Make the first administrator with: python3 manage.py createsuperuser",
        "创建第一个管理员：python3 manage.py createsuperuser",
    ),
    "how_to_stop": ("Ctrl-C stops everything.", "按 Ctrl-C 停止全部服务。"),
    "stopping": ("Stopping", "正在停止"),
    "stopped": ("Stopped.", "已停止。"),
    "restarting": (
        "{name} ended unexpectedly ({how}); starting it again in {wait} s",
        "{name} 意外退出（{how}），{wait} 秒后重新启动",
    ),
    "not_serving": (
        "The web server does not answer yet; the log above says why.",
        "Web 服务尚未响应，原因见上方日志。",
    ),
}


_stream = {"name": "stdout"}

ROLES = {
    "requester": "员工（提单人）",
    "agent": "一线服务台",
    "expert": "二线专家",
    "manager": "经理",
    "administrator": "管理员",
}


class Stop(Exception):
    """Ends the launcher with one clear sentence and exit code 1, never a traceback."""

    def __init__(self, key: str, **values: object):
        super().__init__(text(key, **values))


def speaks_chinese(environ: dict | None = None) -> bool:
    """Whether the locale variables ask for Chinese, in POSIX order of precedence."""
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name].lower().startswith("zh")
    return False


def text(key: str, **values: object) -> str:
    """The sentence `key` in the reader's language."""
    english, chinese = TEXTS[key]
    return (chinese if speaks_chinese() else english).format(**values)


def role(name: str) -> str:
    """The name of a role in the reader's language."""
    return ROLES.get(name, name) if speaks_chinese() else name


def quietly() -> None:
    """Send progress to standard error: standard output belongs to the command being run."""
    _stream["name"] = "stderr"


def line(words: str) -> None:
    """Print one progress line at once, even into a terminal without UTF-8 or a pipe nobody reads."""
    stream = getattr(sys, _stream["name"])
    try:
        try:
            print(words, file=stream, flush=True)
        except UnicodeEncodeError:
            print(words.encode(stream.encoding or "ascii", "replace").decode(), file=stream, flush=True)
    except BrokenPipeError:
        return


class step:
    """Announce a step, and say how many seconds it took when it is done."""

    def __init__(self, key: str, **values: object):
        self.words = text(key, **values)

    def __enter__(self):
        line(f"→ {self.words} …")
        self.began = time.monotonic()
        return self

    def __exit__(self, kind, error, trace):
        if error is None:
            line(f"✓ {self.words} ({time.monotonic() - self.began:.1f} s)")
