"""People of 星河制造: the cast by name, everybody else drawn from a table of names."""

import random
from dataclasses import dataclass, replace
from itertools import count

from demo.company import DEPARTMENTS, SITES, TEAMS, Unit

SURNAMES = ["王wang", "李li", "张zhang", "刘liu", "陈chen", "杨yang", "黄huang", "赵zhao", "吴wu", "周zhou", "徐xu", "孙sun", "马ma", "朱zhu", "胡hu", "郭guo", "何he", "林lin", "高gao", "罗luo", "郑zheng", "梁liang", "谢xie", "宋song", "唐tang", "许xu", "邓deng", "韩han", "冯feng", "曹cao", "彭peng", "曾zeng", "肖xiao", "田tian", "董dong", "潘pan", "袁yuan", "蔡cai", "蒋jiang", "余yu", "于yu", "杜du", "叶ye", "程cheng", "魏wei", "苏su", "吕lv", "丁ding", "任ren", "卢lu", "姚yao", "沈shen", "钟zhong", "姜jiang", "崔cui", "谭tan", "陆lu", "范fan"]  # fmt: skip
GIVEN = ["伟wei", "芳fang", "娜na", "敏min", "静jing", "丽li", "强qiang", "磊lei", "军jun", "洋yang", "勇yong", "艳yan", "杰jie", "娟juan", "涛tao", "明ming", "超chao", "霞xia", "平ping", "刚gang", "建华jianhua", "志强zhiqiang", "晓燕xiaoyan", "雪梅xuemei", "文博wenbo", "子涵zihan", "思远siyuan", "佳怡jiayi", "浩然haoran", "雨桐yutong", "俊杰junjie", "欣怡xinyi", "海燕haiyan", "国栋guodong", "春梅chunmei", "立新lixin", "嘉豪jiahao", "梦瑶mengyao", "天宇tianyu", "晨曦chenxi", "玉兰yulan", "永康yongkang", "慧敏huimin", "一鸣yiming", "若曦ruoxi", "振华zhenhua", "红梅hongmei", "学文xuewen", "少华shaohua", "婷婷tingting", "凯kai", "倩qian", "斌bin", "琳lin", "峰feng"]  # fmt: skip
ABROAD = (
    "Anna Weber", "Lukas Schneider", "Sophie Wagner", "Felix Hoffmann", "Marie Fischer", "Jonas Becker",
    "Laura Schulz", "Paul Koch", "Emma Richter", "Max Bauer", "Lena Wolf", "Tim Schröder", "Clara Neumann",
    "David Krüger", "Julia Hartmann", "Simon Lange",
)  # fmt: skip
# Names of the cast and of the people in teams; everybody else is drawn.
KNOWN = {
    "li.na": "李娜", "zhang.wei": "张伟", "chen.hao": "陈浩", "wang.fang": "王芳", "admin": "系统管理员",
    "zhao.jing": "赵静", "liu.min": "刘敏", "sun.lei": "孙磊", "he.xiaoyu": "何晓雨", "ma.teng": "马腾",
    "guo.qiang": "郭强", "tang.yi": "唐毅", "xu.kai": "徐凯", "deng.bo": "邓博", "feng.xue": "冯雪",
    "luo.jun": "罗军", "pan.ting": "潘婷", "jiang.hai": "江海", "shen.yan": "沈岩", "cao.rui": "曹瑞",
    "yuan.mei": "袁梅", "xie.fei": "谢飞", "lu.ming": "陆鸣", "dong.yue": "董悦", "liu.yang": "刘洋",
    "qin.chuan": "秦川", "gao.jian": "高健", "zhou.min": "周敏",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One person before they are saved. `teams` are slugs; `phone` is a landline extension of the site."""

    login: str
    name: str
    latin_name: str
    site: str
    department: str
    title: str
    phone: str
    staff_number: str
    roles: tuple[str, ...] = ("requester",)
    teams: tuple[str, ...] = ()
    is_vip: bool = False
    is_superuser: bool = False
    language: str = "zh-hans"

    @property
    def email(self):
        return f"{self.login}@xinghe.example"


def everybody(size, rng: random.Random) -> list[Person]:
    """All people: the IT department by name, then `size` colleagues spread over departments and sites."""
    numbers = count(1001)
    people = [_employee("li.na", "finance", "shanghai", "成本会计", numbers, rng)]
    people.append(replace(_employee("gao.jian", "executive", "shanghai", "总经理", numbers, rng), is_vip=True))
    people.append(replace(_employee("zhou.min", "finance", "shanghai", "财务总监", numbers, rng), is_vip=True))
    people += _staff(numbers, rng)
    taken = {person.login for person in people}
    others = [unit for unit in DEPARTMENTS if unit.slug != "it"]
    total = sum(unit.size for unit in others)
    for unit in others:
        for _n in range(max(1, round(size * unit.size / total))):
            people.append(_drawn(unit, taken, numbers, rng))
    return people


def _staff(numbers, rng):
    """The people of the teams; roles follow from the team's line."""
    staff = []
    for team in TEAMS:
        for login in team.people:
            roles = {1: ("agent",), 2: ("expert",), 3: ("manager",)}[team.line]
            titles = {1: "服务台工程师", 2: f"{team.name_zh}工程师", 3: "IT 运维经理"}
            if login == team.people[0] and team.line < 3:
                roles = (*roles, "manager")
            if login == "admin":
                roles, titles = ("administrator",), {3: "系统管理员"}
            person = _employee(login, "it", _it_site(login, team, rng), titles[team.line], numbers, rng)
            staff.append(replace(person, roles=roles, teams=(team.slug,), is_superuser=login == "admin"))
    return staff


def _it_site(login, team, rng):
    if team.slug == "desktop":
        return {"luo.jun": "shanghai", "pan.ting": "suzhou", "jiang.hai": "wuhan"}[login]
    return rng.choice(("shanghai", "shanghai", "suzhou", "chengdu"))


def _employee(login, department, site, title, numbers, rng):
    latin = " ".join(part.title() for part in login.split("."))
    return Person(
        login=login, name=KNOWN[login], latin_name="Administrator" if login == "admin" else latin, site=site,
        department=department, title=title, phone=_phone(site, rng), staff_number=f"XH{next(numbers)}",
    )  # fmt: skip


def _drawn(unit: Unit, taken, numbers, rng):
    site = unit.sites[0] if rng.random() < 0.6 else rng.choice(unit.sites)
    if site == "munich":
        name = next((name for name in ABROAD if _plain(name) not in taken), f"Guest {len(taken)}")
        login, latin, language = _plain(name), name, "en"
    else:
        surname, given = rng.choice(SURNAMES), rng.choice(GIVEN)
        name, latin, login = _han(surname) + _han(given), f"{_latin(surname)} {_latin(given)}", ""
        for suffix in ("", *map(str, range(2, 99))):
            login = f"{_latin(surname).lower()}.{_latin(given).lower()}{suffix}"
            if login not in taken:
                break
        language = "zh-hans"
    taken.add(login)
    return Person(
        login=login, name=name, latin_name=latin, site=site, department=unit.slug, title=rng.choice(unit.titles),
        phone=_phone(site, rng), staff_number=f"XH{next(numbers)}", language=language,
        is_vip=unit.slug == "executive" and rng.random() < 0.4,
    )  # fmt: skip


def _plain(name):
    return name.lower().replace(" ", ".").replace("ö", "oe").replace("ü", "ue")


def _han(entry):
    return "".join(letter for letter in entry if not letter.isascii())


def _latin(entry):
    return "".join(letter for letter in entry if letter.isascii()).title()


def _phone(site, rng):
    prefix = next(s.phone for s in SITES if s.slug == site)
    return f"{prefix} {rng.randint(1000, 9999)}"
