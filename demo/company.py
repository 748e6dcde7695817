"""星河制造: sites, departments and teams."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """`share` is the part of the staff that works here; `floors` are places people name when they report."""

    slug: str
    name_zh: str
    name_en: str
    share: float
    phone: str
    floors: tuple[str, ...]


SITES = (
    Site("shanghai", "上海总部", "Shanghai headquarters", 0.34, "021-6188", ("A座3楼", "A座5楼", "A座8楼", "B座2楼")),
    Site("suzhou", "苏州工厂", "Suzhou plant", 0.24, "0512-6655", ("一车间", "二车间", "质检楼", "办公楼2楼")),
    Site("wuhan", "武汉工厂", "Wuhan plant", 0.14, "027-8712", ("总装线", "仓库", "办公楼1楼")),
    Site("chengdu", "成都研发中心", "Chengdu R&D centre", 0.14, "028-6530", ("3号楼6层", "3号楼7层", "实验室")),
    Site("shenzhen", "深圳销售中心", "Shenzhen sales office", 0.09, "0755-2689", ("18楼东区", "18楼西区")),
    Site("munich", "慕尼黑办事处", "Munich office", 0.05, "+49 89 4520", ("2nd floor", "Showroom")),
)


@dataclass(frozen=True)
class Unit:
    """A department. `sites` are where its people sit; the first is the usual one."""

    slug: str
    name_zh: str
    name_en: str
    size: int
    sites: tuple[str, ...]
    titles: tuple[str, ...]


DEPARTMENTS = (
    Unit("executive", "总经办", "Executive office", 6, ("shanghai",), ("总经理助理", "副总经理", "秘书")),
    Unit("finance", "财务部", "Finance", 22, ("shanghai", "suzhou", "wuhan"), ("会计", "出纳", "成本会计", "税务专员")),
    Unit("hr", "人力资源部", "Human resources", 14, ("shanghai", "suzhou", "wuhan"), ("招聘专员", "薪酬专员", "培训专员")),
    Unit("purchasing", "采购部", "Purchasing", 18, ("shanghai", "suzhou"), ("采购员", "采购主管", "供应商管理")),
    Unit("sales", "销售部", "Sales", 34, ("shenzhen", "shanghai"), ("销售工程师", "大客户经理", "销售助理")),
    Unit("marketing", "市场部", "Marketing", 12, ("shanghai", "shenzhen"), ("市场专员", "活动策划", "产品经理")),
    Unit("rnd", "研发部", "Research and development", 46, ("chengdu", "shanghai"),
         ("结构工程师", "电气工程师", "嵌入式工程师", "项目经理", "仿真工程师")),
    Unit("quality", "质量部", "Quality", 24, ("suzhou", "wuhan"), ("质检员", "质量工程师", "计量员")),
    Unit("production", "生产部", "Production", 52, ("suzhou", "wuhan"), ("班组长", "工艺工程师", "计划员", "设备员")),
    Unit("logistics", "物流仓储部", "Logistics", 22, ("wuhan", "suzhou"), ("仓管员", "物流专员", "关务")),
    Unit("legal", "法务合规部", "Legal and compliance", 6, ("shanghai",), ("法务专员", "合规经理")),
    Unit("overseas", "海外业务部", "International business", 14, ("munich",),
         ("Account manager", "Service engineer", "Office manager")),
    Unit("it", "信息技术部", "Information technology", 30, ("shanghai", "suzhou", "chengdu"), ("IT 工程师",)),
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A team with its people by login: the first is the lead."""

    slug: str
    name_zh: str
    name_en: str
    line: int
    specialism: str
    people: tuple[str, ...]
    responsibilities: str


TEAMS = (
    Group("it-operations", "IT 运维部", "IT Operations", 3, "experts", ("wang.fang", "admin"), "全部 IT 服务的运行与服务级别"),
    Group("service-desk", "服务台", "Service desk", 1, "service_desk",
          ("zhao.jing", "zhang.wei", "liu.min", "sun.lei", "he.xiaoyu", "ma.teng"),
          "受理、分派和跟踪所有报障；账号、邮箱、办公软件的一线处理"),
    Group("network", "网络组", "Network", 2, "network", ("guo.qiang", "chen.hao", "tang.yi"), "交换机、防火墙、无线、专线、VPN、电话"),
    Group("systems", "系统组", "Systems", 2, "system", ("xu.kai", "deng.bo", "feng.xue"), "服务器、虚拟化、邮件、文件服务、备份"),
    Group("desktop", "桌面组", "Desktop", 2, "desktop", ("luo.jun", "pan.ting", "jiang.hai"), "电脑、打印机、会议室设备的现场支持"),
    Group("applications", "应用组", "Applications", 2, "application", ("shen.yan", "cao.rui", "yuan.mei", "xie.fei"),
          "ERP、MES、PLM、OA、CRM、人事系统"),
    Group("security", "安全组", "Security", 2, "security", ("lu.ming", "dong.yue"), "权限、终端安全、钓鱼邮件、数据防泄漏"),
    Group("database", "数据库组", "Database", 2, "system", ("liu.yang", "qin.chuan"), "数据库、报表与数据仓库"),
)  # fmt: skip
