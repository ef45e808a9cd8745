"""The controlled words by which trainings are counted. Codes never change meaning."""

from django.db import models


class OrganiserLevel(models.TextChoices):
    """主办层级."""

    CITY = "city", "市级"
    DISTRICT = "district", "区级"
    DEPARTMENT = "department", "部门"
    STREET = "street", "镇街"


class Form(models.TextChoices):
    """How people are trained."""

    LECTURE = "lecture", "理论授课"
    CASE_TEACHING = "case_teaching", "案例教学"
    DISCUSSION = "discussion", "研讨互动"
    ON_SITE = "on_site", "现场指导"
    COACHING = "coaching", "一线带教"
    CONSULTATION = "consultation", "会商研讨"
    DRILL = "drill", "场景演练"
    HEARING = "hearing", "旁听庭审"
    SHADOWING = "shadowing", "跟班学习"
    SECONDMENT = "secondment", "挂职锻炼"
    SENT_UP = "sent_up", "上派学习"
    SENT_DOWN = "sent_down", "下派指导"
    VISIT = "visit", "现场观摩"
    ONLINE = "online", "线上课程"
    CASE_REVIEW = "case_review", "案例讲评"
    CONTEST = "contest", "大比武"


class Topic(models.TextChoices):
    """内容类别."""

    GENERAL_LAW = "general_law", "通用法律知识"
    SPECIAL = "special", "专门业务"
    THREE_SYSTEMS = "three_systems", "三项制度"
    POWER_ITEMS = "power_items", "赋权事项"
    INTEGRITY = "integrity", "廉政作风"
    POLICY = "policy", "政策解读"
    SKILLS = "skills", "执法技能"


class Category(models.TextChoices):
    """What the yearly hours are asked for by: legal (司法行政部门) and business (业务主管部门)."""

    LEGAL = "legal", "法律"
    BUSINESS = "business", "业务"
