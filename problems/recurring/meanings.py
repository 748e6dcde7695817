"""Words of one meaning in both languages: what a report says is compared by meaning, so that 卡顿 and "slow" meet.

What a report is about (`THINGS`) tells most; how it fails (`SYMPTOMS`) tells half of that, since many things fail in
one way; that it fails at all (`WEAK`) tells little. What stands in `FILLING` tells nothing.
"""

# How something goes wrong.
SYMPTOMS = {
    "fails": "无法 不能 没法 失败 出错 报错 错误 异常 故障 有问题 不了 不上 坏了 失灵 不灵 用不了 不能用 没法用 "
    "不好用 不工作 不正常 error errors fail fails failed failing failure faulty cannot can't can_not unable "
    "unable_to not_working not_work does_not doesn't do_not don't did_not didn't won't will_not is_not isn't "
    "stopped_working doesn't_work does_not_work won't_work problem problems issue issues broken broke defective "
    "dead trouble",
    "slow": "很慢 太慢 好慢 变慢 慢 卡顿 很卡 太卡 卡得很 有点卡 迟缓 延迟高 延迟 很久 半天 好久 转圈 转圈圈 "
    "一直转 加载不出 slow slowly sluggish lag lags laggy lagging takes_forever takes_ages take_forever forever "
    "latency delay delays delayed spins spinning",
    "down": "宕机 中断 挂了 瘫痪 无响应 没反应 没有反应 没响应 没有响应 打不开 不可用 无法访问 无法打开 访问不了 "
    "进不去 离线 下线 down outage unavailable unreachable unresponsive no_response not_responding not_respond "
    "doesn't_open won't_open does_not_open not_open cannot_open can't_open can't_access offline not_reachable",
    "drops": "掉线 断线 断开 断网 断连 老断 频繁断 闪断 时断时续 断断续续 不稳定 时好时坏 drops dropping dropped "
    "drop disconnect disconnects disconnected disconnecting connection_lost loses_connection flapping flaps "
    "unstable intermittent intermittently cuts_out cuts_off",
    "connect": "连不上 连接不上 连接失败 无法连接 连不了 连接 cannot_connect can't_connect connection_refused "
    "connection_failed connect connects connecting connection",
    "timeout": "超时 timeout timeouts timed_out times_out time_out",
    "freeze": "死机 卡死 卡住 冻结 不动了 freeze freezes freezing frozen froze hang hangs hanging hung stuck",
    "crash": "闪退 崩溃 蓝屏 自动退出 自动关闭 crash crashes crashed crashing blue_screen bsod quits closes_itself",
    "restart": "重启 自动重启 reboot reboots rebooted rebooting restart restarts restarted restarting",
    "boot": "开不了机 无法开机 不能开机 启动不了 无法启动 开机 启动 won't_start won't_boot not_start boot boots "
    "booting startup start_up starts",
    "locked": "锁定 被锁 锁了 账号锁 locked locks lockout locked_out",
    "jam": "卡纸 夹纸 paper_jam jam jams jammed",
    "full": "满了 已满 爆满 空间不足 容量不足 超限 超出限制 超出上限 full out_of_space no_space no_space_left "
    "quota over_quota over_its_limit limit_exceeded",
    "expired": "过期 到期 失效 expired expires expire expiring",
    "duplicate": "重复 两遍 两次 duplicate duplicates duplicated twice double doubled",
    "missing": "丢失 不见了 缺失 没有了 丢了 找不到 missing lost disappeared gone vanished not_found cannot_find "
    "can't_find",
    "wrong": "不对 不一致 不准 算错 错了 有误 不符 wrong incorrect mismatch inconsistent inaccurate",
    "unrecognised": "不识别 识别不到 识别不了 无法识别 认不出 认不到 检测不到 读不出 扫不出 not_recognised "
    "not_recognized not_detected undetected not_read doesn't_show_up does_not_show_up not_show_up",
    "loop": "跳回 又回到 反复跳转 循环 loop loops looping redirect redirects redirected sends_me_back",
    "garbled": "乱码 garbled unreadable gibberish strange_characters illegible",
    "blank": "空白 白屏 空的 blank empty white_page",
    "noise": "杂音 噪音 噪声 回声 noise noisy crackling echo",
    "untrusted": "不受信任 不可信 不安全 不信任 untrusted not_trusted not_secure insecure",
    "invalid": "无效 不合法 invalid not_valid",
    "warning": "告警 报警 警告 alarm alarms alert alerts warning warns warned warnings",
    "rejected": "被拒 退回 退信 拒收 rejected rejects bounced bounces bounce refused refuses",
    "unfinished": "没跑完 未完成 没完成 跑不完 中止 abort aborts aborted not_finish unfinished incomplete",
    "damaged": "损坏 破损 corrupt corrupted damaged",
    "deleted": "误删 被删 删除 delete deletes deleted deleting",
    "stops": "停止 停了 停机 停住 stop stops stopped stopping halts halted",
    "overheats": "高温 过热 温度 发烫 overheat overheats overheating temperature hot",
}  # fmt: skip

# What it happens to, or in the middle of what.
THINGS = {
    "login": "登录 登陆 登不上 登不进 登入 login logins log_in logging_in logged_in logon log_on sign_in signin "
    "sign-in signing_in signed_in logs_in",
    "password": "密码 口令 password passwords passphrase",
    "account": "账号 帐号 账户 用户名 account accounts username",
    "code": "验证码 校验码 动态码 动态口令 verification_code one-time_code one-time_password otp passcode mfa 2fa",
    "rights": "权限 无权 没有权限 没权限 拒绝访问 permission permissions access_denied forbidden not_authorised "
    "not_authorized not_allowed",
    "print": "打印 打印机 打不出 print prints printed printing printer printers printout",
    "toner": "墨盒 硒鼓 碳粉 没墨 缺墨 toner ink cartridge",
    "paper": "缺纸 没纸 纸张 纸盒 paper",
    "copy": "复印 复印机 copier photocopy photocopier",
    "fax": "传真 fax faxes",
    "mail": "邮件 邮箱 电子邮件 email e-mail emails mail mails mailbox mailboxes",
    "send": "发送 发不出 发不出去 发不了 发信 send sends sending sent",
    "receive": "接收 收不到 没收到 未收到 收信 receive receives received receiving not_delivered never_arrives "
    "never_arrived not_arrive never_comes",
    "spam": "垃圾邮件 spam junk",
    "phishing": "钓鱼 钓鱼邮件 phishing",
    "attachment": "附件 attachment attachments",
    "calendar": "日历 日程 calendar calendars",
    "contacts": "通讯录 联系人 contacts address_book",
    "network": "网络 上网 外网 内网 network internet",
    "cable": "网线 线缆 数据线 cable cables",
    "router": "路由器 router routers",
    "switch": "交换机 switch switches",
    "firewall": "防火墙 firewall",
    "proxy": "代理 代理服务器 proxy",
    "dns": "域名 域名解析 dns hostname",
    "signal": "信号 没信号 没有信号 无信号 signal no_signal",
    "wireless": "无线 无线网 wifi wi-fi wireless wlan",
    "screen": "屏幕 显示器 黑屏 花屏 外接屏 screen screens monitor monitors display displays",
    "touch": "触摸 触屏 触摸屏 touch touchscreen touch_screen",
    "sound": "声音 没声音 没有声音 听不到 听不见 听不清 无声 音频 喇叭 音箱 sound audio no_sound no_audio silent "
    "speaker speakers mute muted",
    "microphone": "麦克风 话筒 microphone microphones mic",
    "headset": "耳机 耳麦 headset headsets headphone headphones earphones",
    "video": "视频 画面 video videos picture",
    "camera": "摄像头 摄像机 camera cameras webcam",
    "meeting": "会议 视频会议 会议室 meeting meetings conference meeting_room",
    "keyboard": "键盘 按键 keyboard keyboards keys",
    "mouse": "鼠标 mouse",
    "usb": "u盘 优盘 移动硬盘 usb usb_stick usb_drive pen_drive flash_drive memory_stick",
    "dock": "扩展坞 底座 docking_station dock docked docking",
    "laptop": "笔记本 笔记本电脑 laptop laptops notebook",
    "computer": "电脑 主机 台式机 计算机 computer computers pc pcs workstation",
    "tablet": "平板 平板电脑 tablet tablets ipad",
    "handheld": "手持 手持终端 手持机 handheld handhelds pda",
    "remote": "云桌面 桌面云 虚拟桌面 远程桌面 vdi citrix virtual_desktop remote_desktop rdp",
    "battery": "电池 电量 battery batteries",
    "charge": "充电 充不进 充电器 charge charges charging charger",
    "disk": "磁盘 硬盘 磁盘空间 disk disks disk_space hard_drive",
    "memory": "内存 内存不足 memory out_of_memory",
    "server": "服务器 server servers",
    "database": "数据库 database databases",
    "job": "批处理 跑批 批量任务 夜间任务 定时作业 batch nightly_job night_job scheduled_job batch_job",
    "interface": "接口 api interface interfaces endpoint",
    "queue": "队列 排队 queue queues",
    "certificate": "证书 证书过期 certificate certificates cert",
    "file": "文件 文档 file files document documents",
    "folder": "文件夹 目录 folder folders directory",
    "share": "共享 共享盘 公共盘 共享文件夹 共享目录 公共文件夹 网盘 share shares shared shared_folder "
    "shared_drive network_drive",
    "sheet": "表格 电子表格 excel spreadsheet spreadsheets workbook workbooks",
    "image": "图片 照片 图像 image images photo photos",
    "barcode": "条码 条形码 二维码 barcode barcodes bar_code qr_code",
    "page": "页面 网页 网站 page pages website web_page site",
    "browser": "浏览器 browser browsers chrome firefox",
    "button": "按钮 button buttons",
    "search": "搜索 检索 查询 search searches searching query queries",
    "form": "表单 form forms",
    "report": "报表 报告 report reports",
    "export": "导出 export exports exporting exported",
    "import": "导入 import imports importing imported",
    "upload": "上传 传不上 传不上去 upload uploads uploading uploaded",
    "download": "下载 download downloads downloading downloaded",
    "save": "保存 存盘 save saves saving saved",
    "submit": "提交 提交不了 submit submits submitting submitted",
    "approval": "审批 审核 approval approvals approve approving",
    "signature": "签名 签章 电子签 signature signatures",
    "order": "订单 下单 采购单 order orders ordering",
    "invoice": "发票 开票 invoice invoices invoicing",
    "payment": "支付 付款 收款 付不了款 payment payments pay paying",
    "bank": "银行 网银 bank banking",
    "price": "价格 单价 报价 price prices pricing",
    "contract": "合同 contract contracts",
    "expense": "报销 报销单 expense expenses reimbursement",
    "customer": "客户 customer customers",
    "client": "客户端 client",
    "supplier": "供应商 supplier suppliers vendor",
    "stock": "库存 stock inventory",
    "delivery": "送货 发货 配送 delivery deliveries shipment shipments shipping",
    "courier": "快递 包裹 courier parcel parcels",
    "scale": "电子秤 地磅 称重 scale scales weighing weighbridge",
    "conveyor": "输送线 传送带 输送带 conveyor",
    "sensor": "传感器 sensor sensors",
    "sync": "同步 sync syncs syncing synchronise synchronised synchronisation synchronize synchronization",
    "update": "更新 升级 补丁 update updates updating updated upgrade upgraded upgrading patch",
    "install": "安装 装不上 install installs installing installed installation",
    "driver": "驱动 驱动程序 driver drivers",
    "plugin": "插件 控件 plugin plug-in add-in addon",
    "virus": "病毒 木马 杀毒 virus viruses antivirus malware",
    "scan": "扫描 扫码 扫码枪 扫描仪 scan scans scanning scanner scanners",
    "phone": "电话 话机 座机 phone phones telephone telephones desk_phone",
    "call": "通话 拨打 拨号 外线 打不出去 call calls calling dial dialling dial_tone",
    "mobile": "手机 手机端 移动端 mobile smartphone",
    "message": "消息 聊天 message messages chat",
    "notice": "通知 推送 notification notifications push",
    "backup": "备份 backup backups back_up",
    "port": "端口 port ports",
    "power": "断电 停电 电源 供电 power power_supply ups",
    "fan": "风扇 fan fans",
    "cooling": "空调 制冷 air_conditioning cooling",
    "processor": "处理器 cpu processor",
    "total": "合计 总数 金额 total totals amount amounts",
}  # fmt: skip

MEANINGS = SYMPTOMS | THINGS
WEAK = frozenset({"fails"})

# Of single characters only those that hardly ever are part of a word: 用 would cut 应用 and 费用, 请 申请, 都 成都.
FILLING = (
    "一直 老是 总是 经常 今天 昨天 早上 上午 下午 晚上 刚才 现在 突然 多次 频繁 频频 反复 再次 请问 请帮 请尽快 "
    "请处理 麻烦 帮忙 协助 处理 一下 你好 您好 谢谢 我们 我的 部门 同事 用户 反映 怎么 为什么 怎么办 出现 发生 "
    "时候 使用 提示 显示 点击 打开 需要 有时 有时候 偶尔 刚刚 最近 这两天 以后 之后 之前 然后 结果 直接 全部 所有 "
    "大家 很多 有人 别人 自己 里面 上面 下面 好像 似乎 根本 完全 依然 仍然 依旧 已经 帮我 一点 什么 不知道 情况 "
    "进行 导致 一按 一开 不起来 没有 还有 只有 但是 还是 还没 都是 都不 每个 一个 两个 几个 这个 那个 的 了 很 又 "
    "也 我 是 被 the an and or of on in at to for from with by is are was were be been it its this that my our "
    "your we us he she they them me no not again today yesterday morning afternoon since when after before please "
    "help need hi hello thanks keep keeps keeping always often sometimes all some every has have had does do did "
    "very user users get gets getting got during while then than there here as if but so just still now new one "
    "two any can will would should same other others more most into onto through where which who what how really "
    "extremely too also only even about over under up out off any_more anymore longer nothing something anything "
    "everything everyone everybody nobody second minute minutes hour hours day days week weeks month monday "
    "tuesday wednesday thursday friday says say said shows show showing shown tells gives give appears try tries "
    "trying tried comes come coming goes go going stays stay remains ask asks asked want wants via per being "
    "because due whole several many few each soon own seems seem look looks make makes made let able work works "
    "working use uses used using another instead suddenly constantly repeatedly open opens opening opened click "
    "clicking press pressing"
)
