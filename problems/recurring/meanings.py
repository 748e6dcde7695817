"""Words of one meaning in both languages: what a report says is compared by meaning, so that 卡顿 and "slow" meet.

A meaning that most reports share (`WEAK`) tells little; the others tell as much as two words. What stands in
`FILLING` tells nothing.
"""

MEANINGS = {
    "fails": "无法 不能 没法 失败 出错 报错 错误 异常 故障 有问题 不了 不上 error errors fail fails failed failing "
    "failure cannot can't can_not unable not_working doesn't_work problem issue broken",
    "slow": "很慢 太慢 好慢 变慢 慢 卡顿 很卡 太卡 卡得很 迟缓 延迟高 slow slowly sluggish lag lags laggy lagging",
    "down": "宕机 中断 挂了 瘫痪 无响应 没反应 没响应 打不开 不可用 无法访问 访问不了 进不去 down outage unavailable "
    "unreachable unresponsive no_response not_responding doesn't_open won't_open can't_access",
    "drops": "掉线 断线 断开 断网 断连 老断 频繁断 闪断 drops dropping dropped drop disconnect disconnects "
    "disconnected disconnecting connection_lost loses_connection flapping flaps",
    "connect": "连不上 连接不上 连接失败 无法连接 连不了 连接 cannot_connect can't_connect connection_refused "
    "connection_failed connect connecting connection",
    "timeout": "超时 timeout timeouts timed_out times_out time_out",
    "freeze": "死机 卡死 冻结 freeze freezes frozen froze hang hangs hanging hung stuck",
    "crash": "闪退 崩溃 蓝屏 自动退出 crash crashes crashed crashing blue_screen bsod quits",
    "restart": "重启 自动重启 reboot reboots rebooted rebooting restart restarts restarted restarting",
    "login": "登录 登陆 登不上 登不进 登入 login log_in logging_in logon log_on sign_in signin signing_in logs_in",
    "password": "密码 口令 password passwords passphrase",
    "locked": "锁定 被锁 锁了 账号锁 locked locks lockout locked_out",
    "rights": "权限 无权 没有权限 拒绝访问 permission permissions access_denied forbidden not_authorised "
    "not_authorized",
    "print": "打印 打印机 print prints printing printer printers",
    "jam": "卡纸 夹纸 paper_jam jam jams jammed",
    "mail": "邮件 邮箱 电子邮件 email e-mail emails mail mails mailbox",
    "send": "发送 发不出 发不出去 发信 send sends sending sent",
    "receive": "接收 收不到 收信 receive receives received receiving",
    "network": "网络 上网 network internet",
    "wireless": "无线 无线网 wifi wi-fi wireless wlan",
    "screen": "屏幕 显示器 黑屏 花屏 screen screens monitor display",
    "sound": "声音 没声音 听不到 音频 sound audio no_sound",
    "video": "视频 画面 video picture",
    "meeting": "会议 视频会议 会议室 meeting meetings conference meeting_room",
    "disk": "磁盘 硬盘 磁盘空间 disk disks disk_space",
    "full": "满了 已满 空间不足 爆满 full out_of_space no_space",
    "memory": "内存 内存不足 memory out_of_memory",
    "certificate": "证书 证书过期 certificate certificates cert",
    "expired": "过期 到期 失效 expired expires expire",
    "report": "报表 报告 report reports",
    "export": "导出 export exports exporting exported",
    "import": "导入 import imports importing imported",
    "save": "保存 存盘 save saves saving saved",
    "submit": "提交 提交不了 submit submits submitting submitted",
    "approval": "审批 审核 approval approvals approve approving",
    "order": "订单 采购单 order orders",
    "invoice": "发票 开票 invoice invoices",
    "stock": "库存 stock inventory",
    "duplicate": "重复 两遍 duplicate duplicates duplicated twice",
    "missing": "丢失 不见了 缺失 没有了 missing lost disappeared gone vanished",
    "wrong": "不对 不一致 不准 算错 错了 wrong incorrect mismatch inconsistent",
    "sync": "同步 sync syncs syncing synchronise synchronisation synchronize synchronization",
    "update": "更新 升级 update updates updating updated upgrade upgraded upgrading",
    "install": "安装 install installs installing installed installation",
    "scan": "扫描 扫码 扫码枪 scan scans scanning scanner",
    "phone": "电话 话机 phone phones telephone",
    "backup": "备份 backup backups back_up",
    "port": "端口 port ports",
    "power": "断电 停电 电源 供电 power power_supply",
    "processor": "处理器 cpu processor",
    "temperature": "高温 过热 温度 overheat overheats overheating temperature hot",
}  # fmt: skip

WEAK = frozenset({"fails"})

# Of single characters only those that hardly ever are part of a word: 用 would cut 应用 and 费用, 请 申请, 都 成都.
FILLING = (
    "一直 老是 总是 经常 今天 昨天 早上 上午 下午 晚上 刚才 现在 突然 多次 频繁 频频 反复 再次 请问 请帮 请尽快 请处理 "
    "麻烦 帮忙 协助 处理 一下 你好 您好 谢谢 我们 我的 部门 同事 用户 反映 怎么 为什么 怎么办 出现 发生 时候 使用 "
    "没有 还有 只有 但是 还是 还没 都是 都不 每个 一个 两个 几个 这个 那个 的 了 很 又 也 我 是 被 "
    "the an and or of on in at to for from with by is are was were be been it its this that my our your we us he she "
    "they them me no not again today yesterday morning afternoon since when after before please help need hi hello "
    "thanks keep keeps keeping always often sometimes all some every has have had does do did very user users get gets "
    "getting got during while then than there here as if but so just still now new one two any can will would should"
)
