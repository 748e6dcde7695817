"""What the service desk of 星河制造 wrote down: title, summary and text in Chinese, and in English where there is a translation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """One article. `audience` is everybody, staff or the slug of a department; `way` names how far it came."""

    kind: str
    service: str
    category: str
    author: str
    reviewer: str
    way: str
    zh: tuple[str, str, str]
    en: tuple[str, str, str] | None = None
    audience: str = "xinghe"


WRITTEN = (
    Written("howto", "vpn", "network-vpn", "zhang.wei", "chen.hao", "published", (
        "VPN 频繁掉线怎么办", "在家或出差时 VPN 每隔几分钟断开一次，按这几步自己处理。",
        "## 先判断\n\n- 浏览器能打开外网网页：继续看下面的步骤\n- 打不开网页：先恢复家里或酒店的网络\n\n## 处理步骤\n\n1. 退出 VPN 客户端，断开 Wi-Fi，等 10 秒后重新连接\n2. 打开客户端 **设置 → 连接方式**，选择“TCP”\n3. 关闭其他代理软件和下载工具\n4. 客户端低于 5.2 时，点 **检查更新** 并重启电脑\n\n## 仍然掉线\n\n记下掉线的时间和所在地点，从本页底部提交，网络组会查看当时的连接日志。"),
        ("VPN keeps dropping", "The VPN disconnects every few minutes at home or on a trip: what you can do yourself.",
        "## First check\n\n- Web pages open: go on below\n- They do not: restore your own network first\n\n## Steps\n\n1. Quit the VPN client, turn Wi-Fi off for 10 seconds, connect again\n2. In **Settings → Connection** choose “TCP”\n3. Close other proxies and download tools\n4. With a client older than 5.2, choose **Check for updates** and restart\n\n## Still dropping\n\nNote when and where it happened and submit it below; the network team looks at the log of that time.")),
    Written("howto", "account", "access-password", "zhang.wei", "liu.yang", "published", (
        "忘记密码：自助重置域账号密码", "密码过期或忘记时，用手机验证码自己重置，三分钟完成。",
        "## 操作步骤\n\n1. 打开登录页，点 **忘记密码**\n2. 输入工号，选择“手机验证码”\n3. 输入六位验证码，设置新密码\n\n## 密码要求\n\n| 项目 | 要求 |\n|---|---|\n| 长度 | 至少 12 位 |\n| 历史 | 不能与最近 5 次相同 |\n| 有效期 | 180 天 |\n\n## 改完以后\n\n手机邮箱、无线网络和 VPN 里保存的旧密码也要更新，否则账号会因反复输错被锁定 30 分钟。"),
        ("Reset a forgotten password yourself", "Reset an expired or forgotten password with a code on your phone, in three minutes.",
        "## Steps\n\n1. On the sign-in page choose **Forgot your password?**\n2. Enter your staff number and choose “code by phone”\n3. Enter the six digits and set a new password\n\n## Afterwards\n\nUpdate the password kept in your phone's mail, the Wi-Fi and the VPN, or the account locks itself for 30 minutes.")),
    Written("howto", "printing", "hardware-printer", "zhang.wei", "luo.jun", "behind", (
        "打印机显示脱机的处理", "电脑上打印机显示“脱机”，打印任务排队不动。",
        "## 处理步骤\n\n1. 看打印机面板：缺纸、卡纸或休眠时先处理\n2. 电脑上打开 **设置 → 打印机**，右键该打印机，取消“脱机使用打印机”\n3. 删除排队中的任务，重新打印\n4. 还不行：重启电脑上的 *Print Spooler* 服务\n\n## 换了办公位\n\n每层打印机不同，请在门户“打印与扫描”里按楼层重新添加。"),
        ("A printer is shown as offline", "Your computer says “offline” and the jobs wait.",
        "## Steps\n\n1. Look at the panel: paper, jam, sleep\n2. In **Settings → Printers** take back “use offline”\n3. Delete the waiting jobs and print again")),
    Written("known_error", "erp", "software-business", "cao.rui", "liu.yang", "published", (
        "ERP 月初登录慢、查询超时", "每月 1 日至 3 日上午 ERP 登录需要一分钟以上，属于已知问题。",
        "## 现象\n\n月初 9:00–11:00 登录慢，凭证查询提示“请求超时”。\n\n## 原因\n\n月结任务与在线查询同时占用报表库。\n\n## 临时解决办法\n\n1. 凭证查询时缩小日期范围到一个月\n2. 大报表请在 12:00 之后运行\n3. 登录页停留超过一分钟时刷新一次，不要重复点击\n\n永久方案计划在下个季度完成：报表库读写分离。"),
        ("ERP is slow at the beginning of a month", "From the 1st to the 3rd of a month signing in takes over a minute: a known error.",
        "## Symptom\n\nSlow sign-in from 9 to 11, “request timed out” on queries.\n\n## Workaround\n\n1. Narrow queries to one month\n2. Run large reports after noon\n3. Refresh the sign-in page once instead of clicking again")),
    Written("faq", "email", "mail", "zhang.wei", "xu.kai", "due", (
        "邮箱容量已满，收不到新邮件", "提示邮箱已满时如何清理，以及何时可以申请扩容。",
        "## 清理\n\n1. 按大小排序，删除大附件邮件\n2. 清空“已删除邮件”和“垃圾邮件”\n3. 把去年的邮件移到 **在线归档**\n\n## 扩容\n\n普通员工 5 GB，管理岗位 10 GB。清理后仍不足时，由直属上级确认后提交申请。"),
        ("Mailbox full", "How to clean up a full mailbox, and when it can be enlarged.",
        "## Clean up\n\n1. Sort by size and delete mails with large files\n2. Empty “Deleted” and “Junk”\n3. Move last year's mails to the **online archive**")),
    Written("howto", "meeting", "hardware-meeting", "pan.ting", "zhang.wei", "published", (
        "会议室投屏没有画面", "无线投屏或 HDMI 接好后大屏仍然黑屏。",
        "## 无线投屏\n\n1. 电脑连接公司无线网络（访客网络不能投屏）\n2. 大屏首页显示六位投屏码，在投屏软件里输入\n\n## HDMI\n\n1. 按 `Win + P`，选择“复制”\n2. 用遥控器把信号源切到 HDMI 1\n\n会议马上开始时请直接拨打 8000，桌面组五分钟内到场。")),
    Written("howto", "network", "network-wireless", "tang.yi", "zhang.wei", "unconfirmed", (
        "连接办公无线网络", "新电脑或手机第一次连接 Xinghe-Office。",
        "## 电脑\n\n1. 选择 `Xinghe-Office`\n2. 用域账号登录，信任证书 *Xinghe Root CA*\n\n## 手机\n\n个人手机请使用 `Xinghe-Guest`，每天凭短信验证码登录一次。"),
        ("Connect to the office Wi-Fi", "A new computer or phone connects to Xinghe-Office for the first time.",
        "## Computer\n\n1. Choose `Xinghe-Office`\n2. Sign in with your account and trust *Xinghe Root CA*\n\n## Phone\n\nPrivate phones use `Xinghe-Guest` with a code by text message.")),
    Written("known_error", "mes", "software-business", "yuan.mei", "liu.yang", "published", (
        "MES 扫码枪扫描后没有反应", "车间工位扫码枪有提示音，但 MES 页面没有录入。",
        "## 现象\n\n扫码枪有“嘀”声，光标不在录入框时数据丢失。\n\n## 临时解决办法\n\n1. 点一下工单号输入框再扫\n2. 扫描设置条码“恢复默认”，再扫“回车后缀”\n3. 工位机重启后仍无反应，换备用枪并登记编号"), audience="production"),
    Written("runbook", "network", "network-wired", "chen.hao", "guo.qiang", "published", (
        "上海至苏州专线中断：切换备线", "专线丢包或中断时由网络组执行，需两人在场。",
        "## 前提条件\n\n- 已向华通通信报障并取得工单号\n- 已通知服务台发布公告\n\n## 步骤\n\n1. 登录 `rt-sh-01`，确认主线路接口状态\n2. 暂停主线路探测，避免来回切换\n3. 执行切换脚本，记录开始时间\n4. 从苏州 `rt-sz-01` 反向 ping，丢包低于 1%\n5. 请苏州工厂确认入库和开票恢复\n\n## 回退\n\n主线恢复并稳定 30 分钟后切回。\n\n## 升级联系人\n\n网络组组长；运营商 7×24 值班电话见值班表。"),
        ("Line from Shanghai to Suzhou is down: switch to the backup", "For the network team when the leased line loses packets or is down; two people have to be there.",
        "## Before\n\n- The fault is reported to Huatong Telecom, and its number is known\n- The service desk is told to publish an announcement\n\n## Steps\n\n1. Sign in to `rt-sh-01` and check the interface of the main line\n2. Pause the probes of the main line, so that it does not switch to and fro\n3. Run the switching script and note when\n4. Ping back from `rt-sz-01` in Suzhou: less than 1% is lost\n5. Have the Suzhou plant confirm that receipts and invoices work again\n\n## Back\n\nSwitch back once the main line has been stable for 30 minutes.\n\n## Escalation\n\nThe lead of the network team; the carrier's number is on the duty roster."), audience="staff"),
    Written("howto", "files", "storage", "deng.bo", "xu.kai", "in_review", (
        "自己找回共享盘里误删的文件", "共享盘支持 30 天内的历史版本，可自助恢复。",
        "## 操作步骤\n\n1. 右键文件所在的文件夹，选择 **以前的版本**\n2. 打开删除之前的时间点\n3. 把文件拖回原处\n\n超过 30 天的需要从备份恢复，请提交工单。")),
    Written("howto", "account", "access-rights", "lu.ming", "zhang.wei", "draft", (
        "更换手机后重新绑定双因素认证", "换手机前后如何迁移验证器。",
        "## 旧手机还在\n\n1. 登录安全页面，点 **更换设备**\n2. 用新手机扫描二维码\n\n## 旧手机不在了\n\n（待补充：身份核验流程）")),
    Written("faq", "oa", "software-office", "xie.fei", "zhang.wei", "pending", (
        "OA 签章控件安装（IE 模式）", "旧版 OA 用印审批需要的浏览器控件。",
        "## 安装\n\n1. 使用 Edge 的 IE 模式打开 OA\n2. 下载并安装签章控件\n3. 重新打开浏览器\n\n新版 OA 上线后不再需要。")),
)  # fmt: skip

# What people typed before they opened an article (by its place above), and how it ended.
SEARCHES = (
    ("VPN 老是掉线", 0, "solved"), ("密码忘了", 1, "solved"), ("打印机脱机", 2, "solved"), ("ERP 打不开", 3, "submitted"),
    ("邮箱满了", 4, "solved"), ("投屏没画面", 5, ""), ("vpn drops", 0, "solved"), ("鼠标坏了", None, "submitted"),
    ("密码过期", 1, "submitted"), ("连不上无线", 6, ""), ("VPN 掉线", 0, "solved"),
)  # fmt: skip
COMPLAINT = "刷新以后还是很慢，希望写明大概要等多久。"
