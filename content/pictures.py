"""Every picture that comes onto the site is drawn anew: no EXIF, no GPS, no comments, at most 2000 pixels wide or high.

clean_picture(raw)   bytes -> Clean, or Unfit with a sentence for the user

`image_forms.py` asks it for everything uploaded to the image library; the intake of drafts asks it, too.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2000
MOST_PIXELS = 50_000_000
JPEG_QUALITY = 85
# What we write, by what was read: drawings keep their sharp edges, photographs become small.
_LOSSLESS = {"PNG", "GIF", "BMP"}
_READ = {"JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"}
# What Pillow raises for damaged pictures, by experience.
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, TypeError, EOFError, MemoryError)


class Unfit(ValueError):
    """Why a picture is not taken, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture without hidden data. `suffix` is `.jpg` or `.png`."""

    data: bytes
    suffix: str
    width: int
    height: int


def clean_picture(raw: bytes) -> Clean:
    """Draws a picture anew. The size is read from the header: nothing oversized is ever decoded. Raises Unfit."""
    with warnings.catch_warnings():
        # our own limit is lower than Pillow's
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(raw), formats=sorted(_READ))
        except (*_BROKEN, Image.DecompressionBombError):
            raise Unfit("不是可以读取的图片；请转换为 JPG 或 PNG 后再插入或上传") from None
        return _redrawn(picture)


def _redrawn(picture: Image.Image) -> Clean:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        size = f"{width}×{height}，约 {width * height / 1e6:.0f} 百万像素"
        limit = MOST_PIXELS // 1_000_000
        raise Unfit(f"图片过大（{size}，上限 {limit} 百万像素）；请缩小后再插入或上传")
    try:
        # a JPEG is decoded at a fraction of its size where that is enough
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        lossless = picture.format in _LOSSLESS
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _encoded(upright, lossless)
    except (*_BROKEN, Image.DecompressionBombError):
        raise Unfit("图片已损坏；请用看图软件另存为 JPG 或 PNG 后再插入或上传") from None


def _encoded(picture: Image.Image, lossless: bool) -> Clean:
    """A fresh canvas holds pixels and nothing else, whatever the file had carried."""
    mode = _mode(picture, lossless)
    canvas = Image.new(mode, picture.size, "white" if mode != "RGBA" else (255, 255, 255, 0))
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    shown = picture.convert("RGBA") if transparent else picture.convert(mode)
    canvas.paste(shown, (0, 0), shown if transparent and mode != "RGBA" else None)
    out = io.BytesIO()
    if lossless:
        canvas.save(out, "PNG", optimize=True)
    else:
        canvas.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return Clean(out.getvalue(), ".png" if lossless else ".jpg", *canvas.size)


def _mode(picture: Image.Image, lossless: bool) -> str:
    if picture.mode in ("1", "L") and "transparency" not in picture.info:
        return "L"
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return "RGBA" if lossless and transparent else "RGB"
