"""Simple pictures for recent orders, drawn here: a wall, a floor, and the thing that is broken or mended."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

SIZE = (1200, 900)
STEEL, SHADE, DARK, WATER = (176, 184, 190), (128, 137, 145), (58, 66, 74), (96, 158, 196)


def picture(scene: str, place: Any) -> SimpleUploadedFile:
    """A JPEG of one of SCENES, with the room's code on a plate as a phone's photo would show it."""
    from PIL import Image, ImageDraw, ImageFont

    drawn = SCENES[scene.removesuffix("_done")]
    wall, floor = (226, 224, 214), (171, 158, 140)
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
    for y in range(SIZE[1]):  # light falls from above
        fade = int(26 * y / SIZE[1])
        draw.line([(0, y), (SIZE[0], y)], fill=tuple(c - fade for c in (wall if y < 640 else floor)))
    draw.rectangle([0, 628, SIZE[0], 646], fill=(140, 130, 118))
    drawn(draw, scene.endswith("_done"))
    draw.rounded_rectangle([930, 70, 1130, 150], 10, fill=(38, 92, 74))
    draw.text((1030, 110), place.code or "QH", fill="white", font=ImageFont.load_default(42), anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return SimpleUploadedFile(f"{place.code or 'photo'}-{scene}.jpg", out.getvalue(), "image/jpeg")


def _tap(draw: Any, mended: bool) -> None:
    draw.rectangle([120, 470, 1000, 640], fill=(240, 242, 243), outline=SHADE, width=6)
    draw.ellipse([330, 500, 760, 600], fill=(214, 220, 224), outline=SHADE, width=5)
    draw.rectangle([500, 230, 560, 480], fill=STEEL, outline=SHADE, width=4)
    draw.rounded_rectangle([400, 210, 660, 262], 24, fill=STEEL, outline=SHADE, width=4)
    draw.rounded_rectangle([398, 240, 446, 340], 14, fill=STEEL, outline=SHADE, width=4)
    if not mended:
        for n in range(5):
            draw.ellipse([412, 360 + n * 44, 432, 384 + n * 44], fill=WATER)
        draw.ellipse([140, 690, 860, 840], fill=WATER)
        draw.ellipse([220, 715, 700, 790], fill=(128, 184, 214))


def _lamp(draw: Any, mended: bool) -> None:
    draw.polygon([(0, 0), (1200, 0), (1010, 210), (190, 210)], fill=(205, 206, 202))
    for n, lit in enumerate((True, mended, True)):
        x = 180 + n * 300
        draw.rectangle([x, 60, x + 230, 88], fill=SHADE)
        draw.rectangle([x + 8, 88, x + 222, 106], fill=(255, 252, 226) if lit else (120, 112, 104))
        if lit:
            draw.polygon([(x - 40, 330), (x + 8, 106), (x + 222, 106), (x + 270, 330)], fill=(240, 238, 222))
    draw.rectangle([120, 360, 1080, 600], fill=(52, 88, 74), outline=(150, 120, 86), width=14)


def _door(draw: Any, mended: bool) -> None:
    draw.rectangle([330, 90, 820, 650], fill=(150, 108, 70), outline=(108, 76, 48), width=14)
    draw.rectangle([400, 150, 750, 330], fill=(170, 126, 84), outline=(108, 76, 48), width=6)
    draw.rectangle([730, 360, 790, 480], fill=STEEL, outline=SHADE, width=4)
    draw.ellipse([745, 375, 775, 405], fill=DARK)
    if mended:
        draw.rounded_rectangle([640, 420, 780, 446], 12, fill=STEEL, outline=SHADE, width=3)
    else:
        draw.line([(700, 470), (640, 600)], fill=STEEL, width=20)
        draw.line([(735, 350), (712, 300), (748, 262)], fill=(92, 62, 38), width=6)


def _desk(draw: Any, mended: bool) -> None:
    draw.polygon([(250, 430), (900, 430), (980, 500), (180, 500)], fill=(196, 152, 98), outline=(140, 104, 62))
    for x, lean in ((230, 0), (900, 0 if mended else 90)):
        draw.line([(x, 500), (x + lean, 790)], fill=DARK, width=24)
    draw.line([(242, 690), (900, 690)], fill=DARK, width=14)
    if not mended:
        draw.line([(520, 436), (560, 462), (540, 498)], fill=(96, 66, 34), width=8)


def _screen(draw: Any, mended: bool) -> None:
    draw.rounded_rectangle([150, 120, 880, 560], 14, fill=(30, 34, 38), outline=DARK, width=10)
    draw.rectangle([176, 146, 854, 534], fill=(62, 120, 166) if mended else (16, 18, 20))
    if mended:
        draw.rectangle([230, 210, 620, 240], fill="white")
        for n in range(4):
            draw.rectangle([230, 280 + n * 50, 760 - n * 60, 296 + n * 50], fill=(206, 224, 238))
    else:
        draw.rounded_rectangle([400, 310, 630, 370], 8, fill=(70, 76, 82))
    draw.rectangle([0, 700, 1200, 730], fill=(150, 120, 86))


def _socket(draw: Any, mended: bool) -> None:
    draw.rounded_rectangle([380, 250, 760, 560], 20, fill=(247, 247, 244), outline=SHADE, width=6)
    for x, y, tilt in ((500, 330, 0), (640, 330, 0), (480, 440, 16), (660, 440, -16), (570, 490, 0)):
        draw.line([(x, y), (x + tilt, y + 40)], fill=DARK, width=14)
    if not mended:
        draw.ellipse([590, 380, 780, 580], fill=(94, 82, 72))
        draw.line([(760, 300), (830, 250), (800, 200)], fill=(96, 84, 74), width=10)


SCENES: dict[str, Callable[[Any, bool], None]] = {
    "tap": _tap, "lamp": _lamp, "door": _door, "desk": _desk, "screen": _screen, "socket": _socket,
}  # fmt: skip
SCENE_OF = {
    "水管龙头": "tap", "卫浴下水": "tap", "照明": "lamp", "门窗锁": "door", "桌椅": "desk", "教学屏": "screen", "插座线路": "socket",
}  # fmt: skip
"""Which scene shows a fault of this category; the others have none."""
