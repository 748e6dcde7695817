"""What people say on many tickets, and the words that fill the gaps of a story."""

WITHDRAWN = (
    ("重启后自己好了，不用处理了，谢谢。", "同事帮我弄好了，撤回。", "找到原因了，是我自己操作的问题。"),
    ("It works again after a restart, thank you.", "A colleague helped me, please ignore."),
)
SAME = (
    (
        "我这边也是一样的问题，就在隔壁工位，麻烦一起看看。",
        "同样的情况，我们组好几个人都这样。",
        "早上开始就这样了，不知道有没有人报过。",
    ),
    ("I have the same problem, same office.", "Several of us see this since this morning."),
)
SENT_BACK = (
    (
        "信息不足：缺少报错截图和发生时间，请服务台补充后再转。",
        "经查不属于本组范围，先确认客户端配置，若仍有问题再转回。",
    ),
    ("Please add the exact time and the error text, then send it again.",),
)
COMPLETED = (
    (
        "已补充：用户上午 10:20 左右再次复现，截图已上传，影响两人。请继续处理。",
        "已按要求核对客户端配置，排除终端问题，日志见上一条备注。",
    ),
    ("Added: it happened again at 10:20, two people are affected.",),
)
RAISED = (
    ("二线超过半天未接手，用户多次来电催促，请协调资源。", "临近 SLA 截止，尚无人处理，请主管关注。"),
    ("Nobody has taken it for half a day; the user has called twice.",),
)
NOTES = (
    (
        "日志已导出，初步判断与昨晚的变更无关。",
        "已在测试环境复现，正在比对配置。",
        "同类问题上个月出现过一次，处理办法见知识库草稿。",
        "已与厂商二线通话，对方要求提供抓包。",
        "@zhang.wei 请留意是否还有其他用户来电反映同样现象。",
        "影响面确认：仅该部门，共 5 人。",
    ),
    ("Reproduced on the test system, comparing the configuration.", "The supplier asked for a trace."),
)
IMPATIENT = (
    (
        "请问进展如何？今天还能用上吗？",
        "还是不行，下午有会要用，能不能快一点？",
        "有预计恢复时间吗？我好跟领导说一声。",
    ),
    ("Any news? I need it this afternoon.", "Is there an estimate when it will work again?"),
)
PROGRESS = (
    (
        "您好，已定位到原因，正在处理，预计一小时内恢复。",
        "抱歉久等，正在测试修复方案，完成后第一时间通知您。",
        "已联系相关同事协同处理，有进展马上同步给您。",
    ),
    ("We have found the cause and expect it to work within the hour.",),
)
OUT_OF_STOCK = (
    (
        "需要厂商配合处理，已提交厂商工单，对方答复需排期，有进展马上告知您。",
        "所需配件缺货，已向供应商下单，到货后第一时间为您更换。",
    ),
    ("We opened a case with the supplier and wait for their date.",),
)
REOPENED = (
    ("今天早上又出现了，和之前一模一样。", "只好了半天，下午又不行了。", "我的好了，但同组另外两位同事还是不行。"),
    ("It came back this morning, exactly the same.",),
)
AGAIN = (
    ("抱歉给您带来不便，我们重新排查，会找到根本原因。", "收到，已重新打开，这次请允许我们远程观察一段时间。"),
    ("Sorry about that; we are looking for the root cause now.",),
)


def any_of(phrases, case) -> str:
    """One of the Chinese or English phrases, in the story's language."""
    chinese, english = phrases
    return case.rng.choice(english if case.story.language == "en" else chinese)


def words_for(world, story, requester, rng) -> dict:
    printers = world.items["peripheral"]
    return {
        "place": world.place_of(requester, rng),
        "pc": _computer(world, requester, rng).slug.upper(),
        "printer": rng.choice(printers).slug.upper(),
        "name": requester.latin_name if story.language == "en" else requester.name,
    }


def items_for(world, story, requester):
    """The requester's own computer, for stories about it."""
    if story.category not in ("hardware-pc", "software-office"):
        return []
    return [item for item in world.items["desktop"] if item.owner_id == requester.pk][:1]


def _computer(world, requester, rng):
    own = [item for item in world.items["desktop"] if item.owner_id == requester.pk]
    return own[0] if own else rng.choice(world.items["desktop"])
