"""A second month that the words of `problems/recurring/meanings.py` were not fitted to: other devices, other ways to say
it, slips of the finger, both languages in one sentence.

Nothing of it may be taken over into the list of meanings: then it would no longer say how well a strange house is read.
"""

# ruff: noqa: E501 - what people say stays on one line

PLANTED = {
    # by words
    "badge": ("s:doors", (93, 94, 96, 98, 99, 101), (
        "门禁刷卡没反应", "东门门禁刷工牌不亮灯", "Badge reader at the east gate is dead", "门禁机刷卡 no response",
        "刷卡进不了门，读卡器不亮", "Gate reader ignores my badge",
    )),
    "projector": ("s:rooms", (95, 97, 98, 102, 104), (
        "投影仪无信号", "投影仪接上笔记本显示无信号", "Projector shows no signal", "projecter no signal with HDMI", "大会议室投影仪 no signal",
    )),
    "payslip": ("s:payroll", (100, 100, 101, 102, 103, 104), (
        "工资条看不到", "手机上看不到工资条", "Cannot see my payslip", "payslip page is blank", "工资条页面空白", "Payslip does not show on the phone",
    )),
    "license": ("s:cad", (94, 96, 98, 99, 101, 103), (
        "SolidWorks 许可证不够", "SolidWorks license server not found", "solidworks 拿不到 license", "No SolidWorks licence available",
        "SolidWorks 提示没有可用许可", "SolidWorks 启动提示许可证服务器连不上",
    )),
    "label": ("s:labels", (103, 104, 106, 107, 109), (
        "标签机打出来是空白", "Zebra 标签机走纸但是空白", "Label printer prints blank labels", "Zebra prints empty lables", "标签打印空白，重开也一样",
    )),
    "sms": ("s:sms", (97, 98, 98, 99, 101, 102), (
        "短信验证码收不到", "验证码一直没来", "No SMS code arrives", "sms verification code never came", "收不到验证码短信", "SMS code takes forever, then expired",
    )),
    "agv": ("s:agv", (105, 106, 108, 109, 110), (
        "AGV 小车停在路口不动", "3 号 AGV 原地不动", "AGV stands still at the crossing", "AGV stopped by itself, does not move", "AGV 走到一半停住",
    )),
    "alarm-code": ("s:cnc", (101, 103, 104, 106, 107), (
        "机床报 SV0417", "CNC alarm SV0417", "SV0417 again on line 4", "四号线又出 SV0417", "数控系统显示 SV0417 报警",
    )),
    "clock": ("s:attendance", (108, 109, 110, 111, 112), (
        "考勤机人脸识别不了", "人脸打卡认不出来", "Face recognition fails at the time clock", "考勤机认脸失败", "time clock does not recognise faces",
    )),
    # by item and by category
    "ups": ("i:ups-2 s:rooms2", (96, 99, 103, 105, 109), (
        "UPS 嘀嘀叫", "Battery lamp is red", "机房二切换后有设备掉电", "UPS 自检不过", "Bypass came on at night",
    )),
    "tablet": ("s:mes2 c:tablet", (95, 96, 98, 99, 101, 103, 104, 106), (
        "平板充不进电", "Tablet screen cracked", "平板触摸失灵", "App does not start on the tablet", "工位平板日期错乱", "Cannot rotate the picture",
        "平板装不上支架", "Stylus lost its tip",
    )),
}  # fmt: skip

_SUPPLIES = ("申请更换硒鼓", "墨盒用完了", "Toner empty please", "要两个硒鼓", "Need new toner")
DECOYS = {
    # as often as ever
    "toner": ("s:supplies", tuple(range(2, 118, 3)), _SUPPLIES),
    # the same words on other services
    **{
        f"blank-{name}": (f"s:{name}", (97, 105), ("页面空白", "Page is blank"))
        for name in ("travel", "plm", "srm", "bi", "docs")
    },
    # one busy service, other complaints in the same habitual words
    "busy": ("s:plm2", tuple(range(93, 118, 2)), (
        "图纸签出后解不了锁", "申请的权限还没开", "BOM 比对结果少一行", "Thumbnail of the assembly is missing", "变更单流转到错的人",
        "费用科目选不到", "Where-used list is empty", "应用里搜索图号没结果", "Cannot check in a big file", "成都工厂看不到新物料",
        "3D viewer wants a plugin", "电子签名图片倒过来了", "Language of the menu changed by itself",
    )),
    # small words in common only
    "habit": ("s:docs2", (94, 97, 99, 102, 105, 108), (
        "申请开通外发权限", "申请恢复误删的文件夹", "申请扩容部门空间", "申请把模板换成新的", "申请文档加水印", "申请历史版本下载",
    )),
    "thin": ("i:cam-7 s:cctv", (96, 99, 104), ("摄像头画面倒置", "Camera shows pink", "录像缺一小时")),
    "far-apart": ("i:nas-3 s:nas", (18, 37, 55, 73, 92, 110), (
        "快照失败", "NAS beeps", "配额不对", "Folder vanished", "SMB 访问慢", "Fan is loud",
    )),
    "children": ("s:canteen", (98,) * 9, ("饭卡机都停了", "Canteen terminals are off")),
}  # fmt: skip
