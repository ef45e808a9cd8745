"""Running text: headings, paragraphs, quotations of a source."""

from wagtail import blocks

RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading inside a page; it shows in the page's outline."""

    class Meta:
        icon = "title"
        label = "小标题"
        group = "文字"
        template = "blocks/heading.html"
        description = "把长文分成几段"
        preview_value = "什么情况下可以当场处罚"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with the few styles a plain page needs."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = "正文"
        group = "文字"
        template = "blocks/paragraph.html"
        description = "一段或几段文字，可带链接和列表"
        preview_value = "<p>发现违法行为后，先核对事项是否已赋权本街道，再按清单收集证据。</p>"


class QuoteBlock(blocks.StructBlock):
    """Words taken from a document, with their source."""

    text = blocks.TextBlock(label="原文")
    source = blocks.CharBlock(
        label="出处", required=False, help_text="文件名称和条款，例如：《江城区案例编写办法》第八条"
    )

    class Meta:
        icon = "openquote"
        label = "引文"
        group = "文字"
        template = "blocks/quote.html"
        description = "引用文件原文并注明出处"
        preview_value = {"text": "案例发布前应当逐项隐去个人信息。", "source": "《江城区案例编写办法》第八条"}
