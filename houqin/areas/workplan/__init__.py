"""Work plans: a term's plan as it was written, its periods, and the tasks that grow out of it week by week.

Words: plan 计划, measure 工作措施, period 时段 (a week, a month, a span), task 任务, owner 责任人, helper 协办.
"""
