"""The cast: the same people in every test. Their names say what they may do.

li_na raises tickets at Xinghe; zhao_min is her colleague; stranger works for another customer; zhang_wei is
first line; chen_hao is second line (network); liu_yang second line of another team (database); wang_fang
manages them; admin administers.
"""

from types import SimpleNamespace

from accounts.models import Department, Membership, Organisation, Role, Team, User
from changes import starter as changes_starter
from changes.models import RiskQuestion, RiskRoute
from cmdb import starter
from cmdb.models import Attribute, ItemClass, RelationType, Service
from knowledge import starter as knowledge_starter
from knowledge.models import ArticleTemplate, QualityQuestion
from problems import analysis_starter, recurrence_starter
from problems.models import AnalysisTemplate, RecurrenceRule
from tickets.models import PriorityRule


def person(username, name, organisation, *roles, teams=(), **fields):
    user = User.objects.create_user(
        username,
        "a-long-password",
        name=name,
        latin_name=username.replace(".", " ").title(),
        email=f"{username}@{organisation.slug}.example",
        organisation=organisation,
        roles=list(roles),
        **fields,
    )
    Membership.objects.bulk_create(Membership(team=team, user=user) for team in teams)
    return user


# What the first migration fills in; a transactional test empties every table before the next one.
MATRIX = {(1, 1): 1, (1, 2): 2, (1, 3): 3, (2, 1): 2, (2, 2): 3, (2, 3): 4, (3, 1): 3, (3, 2): 4, (3, 3): 4}


def make_cast():
    """Create organisations, teams, people and two services; returns them as one namespace."""
    if not PriorityRule.objects.exists():
        PriorityRule.objects.bulk_create(PriorityRule(impact=i, urgency=u, priority=p) for (i, u), p in MATRIX.items())
    if not ItemClass.objects.exists():
        starter.ship(ItemClass, Attribute, RelationType)
    if not RiskQuestion.objects.exists():
        changes_starter.ship(RiskQuestion, RiskRoute)
    if not RecurrenceRule.objects.exists():
        recurrence_starter.ship(RecurrenceRule)
    if not AnalysisTemplate.objects.exists():
        analysis_starter.ship(AnalysisTemplate)
    if not ArticleTemplate.objects.exists():
        knowledge_starter.ship(ArticleTemplate, QualityQuestion)
    xinghe = Organisation.objects.create(slug="xinghe", name_zh="星河制造", name_en="Xinghe Manufacturing")
    other = Organisation.objects.create(slug="other", name_zh="远山物流", name_en="Yuanshan Logistics", kind="customer")
    operations = Team.objects.create(slug="it-operations", name_zh="IT 运维部", name_en="IT Operations", line=3)
    desk = Team.objects.create(slug="service-desk", name_zh="服务台", name_en="Service desk", line=1, parent=operations)
    network = Team.objects.create(slug="network", name_zh="网络组", name_en="Network", line=2, parent=operations)
    database = Team.objects.create(slug="database", name_zh="数据库组", name_en="Database", line=2, parent=operations)
    for team in (desk, network, database, operations):
        team.serves.add(xinghe)
    finance = Department.objects.create(organisation=xinghe, slug="finance", name_zh="财务部", name_en="Finance")
    wang_fang = person("wang.fang", "王芳", xinghe, Role.MANAGER, teams=[operations])
    zhang_wei = person("zhang.wei", "张伟", xinghe, Role.AGENT, teams=[desk], manager=wang_fang)
    chen_hao = person("chen.hao", "陈浩", xinghe, Role.EXPERT, teams=[network], manager=wang_fang)
    liu_yang = person("liu.yang", "刘洋", xinghe, Role.EXPERT, teams=[database], manager=wang_fang)
    li_na = person(
        "li.na", "李娜", xinghe, Role.REQUESTER, department=finance, phone="13800138000", staff_number="X1001"
    )
    zhao_min = person("zhao.min", "赵敏", xinghe, Role.REQUESTER, department=finance)
    stranger = person("qian.duo", "钱多", other, Role.REQUESTER)
    admin = person("admin", "管理员", xinghe, Role.ADMINISTRATOR)
    operations.lead = wang_fang
    operations.save()
    desk.lead = zhang_wei
    desk.save()
    erp = Service.objects.create(
        slug="erp",
        item_class_id="service",
        name_zh="ERP 系统",
        name_en="ERP",
        organisation=xinghe,
        support_team=database,
    )
    email = Service.objects.create(
        slug="email",
        item_class_id="service",
        name_zh="企业邮箱",
        name_en="E-mail",
        organisation=xinghe,
        support_team=network,
    )
    return SimpleNamespace(
        xinghe=xinghe, other=other, finance=finance, operations=operations, desk=desk, network=network,
        database=database, wang_fang=wang_fang, zhang_wei=zhang_wei, chen_hao=chen_hao, liu_yang=liu_yang,
        li_na=li_na, zhao_min=zhao_min, stranger=stranger, admin=admin, erp=erp, email=email,
    )  # fmt: skip
