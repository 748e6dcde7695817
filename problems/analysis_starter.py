"""What every new database offers to begin an analysis with. Process owners change it on their pages."""

# (method, Chinese name, English name, Chinese outline, English outline)
TEMPLATES = (
    ("fishbone", "6M（人机料法环测）", "6M", "人员\n设备\n材料\n方法\n环境\n测量",
     "People\nMachines\nMaterials\nMethods\nEnvironment\nMeasurement"),
    ("fishbone", "服务 4P", "4P for services", "人员\n流程\n产品与技术\n合作伙伴与供应商",
     "People\nProcesses\nProducts and technology\nPartners and suppliers"),
    ("fishbone", "网络中断", "Network outage",
     "设备与电源\n  电源模块\n  板卡或端口\n链路与布线\n  光模块、跳线\n  运营商线路\n"
     "配置与变更\n  最近的变更\n  配置漂移\n"
     "容量与流量\n  广播风暴\n  链路拥塞\n环境\n  温度、供电\n监控与处置\n  告警未触发或未处理",
     "Devices and power\n  Power supply\n  Card or port\nLinks and cabling\n  Transceivers, patch cords\n"
     "  Carrier line\nConfiguration and changes\n  Recent changes\n  Drift\n"
     "Capacity and traffic\n  Broadcast storm\n  Congestion\n"
     "Environment\n  Temperature, mains\nMonitoring and response\n  No alert, or nobody acted on it"),
    ("fishbone", "变更失败", "Failed change",
     "计划\n  影响范围评估不足\n  窗口过短\n测试\n  测试环境与生产不一致\n实施\n  步骤遗漏\n  人员不熟悉\n"
     "沟通\n  相关团队不知情\n回退\n  回退方案未演练",
     "Planning\n  Impact was judged too small\n  The window was too short\nTesting\n  The test environment differs\n"
     "Work\n  A step was left out\n  People did not know it well\nCommunication\n  Teams concerned did not know\n"
     "Backing out\n  It was never rehearsed"),
    ("whys", "5 Whys：从现象到措施", "5 Whys: from symptom to action", "直接原因", "The direct cause"),
)  # fmt: skip


def ship(template_model):
    """Write them. For a migration and for tests whose tables were emptied."""
    template_model.objects.bulk_create(
        template_model(method=method, name_zh=zh, name_en=en, outline_zh=outline_zh, outline_en=outline_en)
        for method, zh, en, outline_zh, outline_en in TEMPLATES
    )
