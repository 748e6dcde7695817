"""What a column of a staff directory may mean, and the guess from its heading. Pure."""

import re

from django.utils.translation import gettext_lazy as _

from accounts.search_keys import folded

TARGETS = {
    "staff_number": _("staff number"),
    "name": _("Name"),
    "latin_name": _("name in Latin letters"),
    "username": _("login"),
    "email": _("e-mail"),
    "title": _("job title"),
    "phone": _("phone"),
    "location": _("place"),
    "department": _("Department, with those above it: A/B/C"),
    "is_head": _("Heads their department (yes or no)"),
    "manager": _("Line manager: staff number, e-mail or login"),
}
# What a line changes, in short words.
SHORT = TARGETS | {"department": _("Department"), "is_head": _("Head"), "manager": _("Line manager")}
# A person is known by the first of these that a line holds.
KEYS = ("staff_number", "email", "username")
_HEADINGS = {
    "staff_number": "工号 员工编号 员工号 人员编号 职工号 staffnumber staffno staffid employeeid employeenumber empno",
    "name": "姓名 名字 员工姓名 中文名 name fullname displayname",
    "latin_name": "拼音 姓名拼音 英文名 英文姓名 latinname englishname pinyin",
    "username": "账号 帐号 登录名 用户名 域账号 login username loginname account samaccountname uid",
    "email": "邮箱 电子邮箱 电子邮件 邮件 邮件地址 email mail emailaddress",
    "title": "职位 职务 岗位 职称 title jobtitle position",
    "phone": "电话 手机 手机号 手机号码 联系电话 办公电话 分机 phone mobile telephone tel phonenumber",
    "location": "办公地点 地点 工位 办公地 工作地点 location office site place",
    "department": "部门 所属部门 部门名称 部门路径 组织 department dept orgunit departmentpath",
    "is_head": "部门负责人 是否负责人 是否部门负责人 headofdepartment departmenthead ishead head",
    "manager": "直属上级 直接上级 上级 上级工号 主管 汇报对象 manager linemanager supervisor reportsto",
}
_BY_HEADING = {heading: target for target, words in _HEADINGS.items() for heading in words.split()}
_YES = {"是", "y", "yes", "true", "1", "√", "对", "x"}
_NO = {"否", "n", "no", "false", "0", "×", "不是"}


def guessed(columns) -> dict:
    """{column: target}; of two columns with one meaning the first."""
    found = {}
    for column in columns:
        target = _BY_HEADING.get(re.sub(r"[\W_]+", "", folded(column)))
        if target and target not in found.values():
            found[column] = target
    return found


def yes_or_no(text) -> bool | None:
    """None where it is neither."""
    word = folded(text).strip()
    return True if word in _YES else False if word in _NO else None


def path_of(text) -> list[str]:
    """`总部 / 财务部` → its parts from the top."""
    return [part.strip() for part in re.split(r"[/\\>＞／]", text) if part.strip()]
