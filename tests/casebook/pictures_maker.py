"""Pictures made for the purpose: with GPS data, huge by their header only, damaged."""

import io
import struct
import zlib

from PIL import Image

GPS = 0x8825
OWNER = "Officer Zhang"
DEGREES = {1: "N", 2: (30.0, 35.0, 12.0), 3: "E", 4: (114.0, 18.0, 9.0)}


def photo(width: int = 640, height: int = 480, *, gps: bool = True) -> bytes:
    """A JPEG as a phone takes it: maker, time, owner, and where it was taken."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x013B] = "Maker", "Model", 6, OWNER
    exif[0x9286] = "in the shop"
    if gps:
        exif[GPS] = DEGREES
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment="内部编号 0001".encode())
    return out.getvalue()


def drawing(mode: str = "RGBA", size: tuple[int, int] = (120, 80)) -> bytes:
    """A PNG with a text chunk."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "somebody")
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def claimed_png(width: int, height: int) -> bytes:
    """A PNG whose header claims any size; there are hardly any data behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )
