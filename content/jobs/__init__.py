"""Work that takes longer than a page should: asked for once, done once, its state on a page.

models    a `Job`: what is to be done for which subject, who asked, how far it is, what came of it
work      `register`, `begin`, `run_job`; the task itself goes through django-tasks
backends  where a worker of its own does the work (`JOBS=worker`, `manage.py run_jobs`)

register("issue_files", make)                                   # in AppConfig.ready()
job, is_new = begin("issue_files", "2026Q3", by=user, given={"reason": "…"})
{% include "content/admin/job.html" with state_url="…" %}       # 排队, 正在生成, 完成, 失败
"""
