"""Services, categories and configuration items of 星河制造."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    slug: str
    icon: str
    team: str
    criticality: int
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str


SERVICES = (
    Offer("email", "mail", "systems", 2, "企业邮箱", "E-mail", "收发邮件、日历和通讯录", "Mail, calendar and contacts"),
    Offer("network", "wifi", "network", 1, "办公网络与无线", "Office network and Wi-Fi",
          "有线网络、无线网络和互联网出口", "Wired network, Wi-Fi and internet access"),
    Offer("vpn", "shield-lock", "network", 2, "远程接入 VPN", "Remote access (VPN)",
          "在家和出差时安全访问内网", "Safe access to the company network from anywhere"),
    Offer("erp", "building-factory-2", "applications", 1, "ERP 系统", "ERP",
          "财务、采购、库存和订单", "Finance, purchasing, stock and orders"),
    Offer("mes", "cpu", "applications", 1, "生产执行系统 MES", "Manufacturing execution (MES)",
          "工单下达、报工、追溯和车间看板", "Work orders, reporting and traceability on the shop floor"),
    Offer("plm", "flask", "applications", 2, "研发数据管理 PLM", "Product data (PLM)",
          "图纸、物料清单和变更", "Drawings, bills of material and changes"),
    Offer("oa", "checklist", "applications", 2, "OA 办公协同", "Office collaboration (OA)",
          "审批、公告、用印和会议预订", "Approvals, notices and meeting booking"),
    Offer("crm", "users-group", "applications", 3, "客户关系 CRM", "CRM", "客户、商机和报价", "Customers and quotes"),
    Offer("hr", "id-badge", "applications", 3, "人事与考勤", "HR and attendance", "考勤、假期和薪资查询", "Attendance and pay"),
    Offer("account", "key", "security", 2, "账号与权限", "Accounts and access",
          "密码、域账号、权限和双因素认证", "Passwords, accounts, rights and two-factor sign-in"),
    Offer("desktop", "device-laptop", "desktop", 3, "电脑与桌面", "Computers", "台式机、笔记本和办公软件", "PCs and office software"),
    Offer("printing", "printer", "desktop", 3, "打印与扫描", "Printing and scanning", "打印机、扫描和标签机", "Printers and scanners"),
    Offer("meeting", "video", "desktop", 3, "会议室与视频会议", "Meeting rooms and video", "投屏、视频会议和音响", "Screens and video calls"),
    Offer("phone", "device-landline-phone", "network", 3, "电话", "Telephone", "座机、分机和总机", "Desk phones and switchboard"),
    Offer("files", "folders", "systems", 2, "文件共享", "File shares", "部门共享盘、网盘和恢复", "Shared drives and restores"),
    Offer("security", "shield-check", "security", 1, "信息安全", "Information security",
          "可疑邮件、病毒和数据外发", "Suspicious mail, malware and data transfer"),
    Offer("reports", "chart-bar", "database", 3, "报表与数据分析", "Reports and analytics", "经营报表和数据看板", "Reports and dashboards"),
)  # fmt: skip

# (slug, parent, Chinese, English, team that usually solves it)
CATEGORIES = (
    ("hardware", "", "硬件", "Hardware", "desktop"),
    ("hardware-pc", "hardware", "电脑", "Computer", "desktop"),
    ("hardware-printer", "hardware", "打印机", "Printer", "desktop"),
    ("hardware-meeting", "hardware", "会议设备", "Meeting equipment", "desktop"),
    ("software", "", "软件", "Software", "service-desk"),
    ("software-office", "software", "办公软件", "Office software", "service-desk"),
    ("software-business", "software", "业务系统", "Business application", "applications"),
    ("software-report", "software", "报表", "Reports", "database"),
    ("network", "", "网络", "Network", "network"),
    ("network-wired", "network", "有线网络", "Wired", "network"),
    ("network-wireless", "network", "无线网络", "Wireless", "network"),
    ("network-vpn", "network", "VPN", "VPN", "network"),
    ("network-phone", "network", "电话", "Telephone", "network"),
    ("access", "", "账号与权限", "Access", "service-desk"),
    ("access-password", "access", "密码", "Password", "service-desk"),
    ("access-rights", "access", "权限", "Rights", "security"),
    ("mail", "", "邮件", "Mail", "service-desk"),
    ("storage", "", "文件与存储", "Files and storage", "systems"),
    ("security", "", "安全事件", "Security", "security"),
)  # fmt: skip

# (slug pattern, how many in the full demo, kind, team, Chinese pattern, English pattern, criticality)
ITEMS = (
    ("sw-core-{n:02}", 6, "switch", "network", "核心交换机 {n}", "Core switch {n}", 1),
    ("sw-acc-{n:02}", 20, "switch", "network", "接入交换机 {n}", "Access switch {n}", 3),
    ("fw-{n:02}", 3, "firewall", "network", "防火墙 {n}", "Firewall {n}", 1),
    ("ap-{n:02}", 16, "network", "network", "无线接入点 {n}", "Access point {n}", 4),
    ("srv-vm-{n:02}", 20, "server", "systems", "虚拟化主机 {n}", "Virtualisation host {n}", 2),
    ("srv-mail-{n:02}", 2, "server", "systems", "邮件服务器 {n}", "Mail server {n}", 1),
    ("srv-file-{n:02}", 3, "server", "systems", "文件服务器 {n}", "File server {n}", 2),
    ("db-{n:02}", 6, "database", "database", "数据库实例 {n}", "Database instance {n}", 1),
    ("app-{n:02}", 10, "application", "applications", "应用服务 {n}", "Application service {n}", 2),
    ("prt-{n:03}", 24, "peripheral", "desktop", "打印机 {n:03}", "Printer {n:03}", 4),
    ("pc-{n:04}", 90, "desktop", "desktop", "电脑 PC-{n:04}", "Computer PC-{n:04}", 4),
)
