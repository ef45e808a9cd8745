"""Pictures and files to download."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture with the words that stand for it where it cannot be seen."""

    image = ImageChooserBlock(label="图片")
    description = blocks.CharBlock(label="图片说明", help_text="看不到图片的人会读到这句话")
    caption = blocks.CharBlock(label="图注", required=False)

    class Meta:
        icon = "image"
        label = "图片"
        group = "图片与附件"
        template = "blocks/picture.html"
        description = "图片及其文字说明"


class DownloadBlock(blocks.StructBlock):
    """A file offered for download, with its kind and size."""

    document = DocumentChooserBlock(label="文件")
    label = blocks.CharBlock(label="显示名称", required=False)

    class Meta:
        icon = "download"
        label = "附件"
        group = "图片与附件"
        template = "blocks/download.html"
        description = "表格、文书等可下载文件"
