"""What a reader must not miss."""

from wagtail import blocks


class NoticeBlock(blocks.StructBlock):
    """A notice in one of three tones, shown by components/notice.html."""

    tone = blocks.ChoiceBlock(
        label="类型", choices=[("info", "说明"), ("warn", "提醒"), ("seal", "禁止")], default="info"
    )
    title = blocks.CharBlock(label="标题", required=False)
    text = blocks.TextBlock(label="内容")

    class Meta:
        icon = "warning"
        label = "提示"
        group = "提示与清单"
        template = "blocks/notice.html"
        description = "说明、提醒或者禁止事项"
        preview_value = {"tone": "warn", "title": "注意时限", "text": "自立案之日起九十日内作出行政处罚决定。"}
