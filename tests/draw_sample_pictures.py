"""Draws the pictures of the sample paper, so that they are ours to give away and can be made again.

    python tests/draw_sample_pictures.py            # writes every picture into content/
    python tests/draw_sample_pictures.py OTHER/DIR  # writes them elsewhere, in the same folders

Each scene is a function that gives a canvas: flat shapes on a sky, most 1200 × 800 pixels, at most 60 kB.
A scene is the same bytes every time with the same Pillow: what looks scattered comes from a formula, not from chance.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
SCALE = 2
"""Scenes are drawn at twice their size and reduced, which smooths their edges."""

Point = tuple[float, float]

SKY, DAWN, DUSK = "#cfe3ea", "#f6e3c5", "#33415c"
SNOW, FAR, NEAR = "#f4f6f7", "#8fa9b8", "#6f8f7f"
GRASS, FIELD, EARTH = "#9bb56c", "#d9b860", "#a9805a"
STONE, STONE_DARK, ROOF = "#dcc3ac", "#b9987c", "#b4533c"
INK, PAPER, WOOD, WOOD_DARK = "#2c2a2a", "#f7f1e3", "#8a5a36", "#64401f"
RED, ORANGE, YELLOW, GREEN, BLUE, PLUM = "#b8322f", "#d98032", "#ecc04a", "#5d8a4a", "#3f6d94", "#6d3f6b"
SKINS = ("#e3b48d", "#c98f67", "#f0c9a4", "#b67d55")
CLOTHES = (RED, BLUE, GREEN, PLUM, ORANGE, "#4a4e69", "#2f7f7a")


class Canvas:
    """A picture to draw on in its own pixels, whatever the scale beneath."""

    def __init__(self, background: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), background)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        """A rectangle from its upper left corner, with round corners where `radius` is given."""
        area = (left * SCALE, top * SCALE, (left + width) * SCALE - 1, (top + height) * SCALE - 1)
        self._draw.rounded_rectangle(area, radius * SCALE, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str, height: float = 0) -> None:
        """A circle round its centre, or an ellipse of that half height."""
        tall = height or radius
        area = ((x - radius) * SCALE, (y - tall) * SCALE, (x + radius) * SCALE, (y + tall) * SCALE)
        self._draw.ellipse(area, fill=colour)

    def shape(self, points: list[Point], colour: str) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, points: list[Point], colour: str, width: float = 4) -> None:
        """A line with round joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * SCALE), joint="curve")

    def save(self, path: Path) -> None:
        """Write the picture; the name's end says how: `.png` with 96 colours, or `.jpg`."""
        image = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".png":
            image.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
        else:
            image.save(path, quality=76, optimize=True, progressive=True)


def scatter(count: int) -> Iterator[tuple[float, float]]:
    """`count` pairs from 0 to 1, spread evenly and in no visible order: steps by powers of the plastic ratio."""
    for index in range(1, count + 1):
        yield (index * 0.754878) % 1, (index * 0.569840) % 1


def mountains(canvas: Canvas, base: float = 470) -> None:
    """Two white peaks, one great and one small, over a far ridge."""
    canvas.shape([(120, base), (470, 130), (820, base)], FAR)
    canvas.shape([(372, 220), (470, 130), (566, 218), (520, 246), (480, 214), (436, 252), (408, 216)], SNOW)
    canvas.shape([(680, base), (890, 270), (1110, base)], FAR)
    canvas.shape([(840, 318), (890, 270), (943, 320), (908, 340), (882, 318), (858, 338)], SNOW)
    canvas.shape(
        [
            (0, base),
            (0, base - 60),
            (240, base - 110),
            (560, base - 40),
            (900, base - 90),
            (1200, base - 30),
            (1200, base),
        ],
        NEAR,
    )


def tree(canvas: Canvas, x: float, ground: float, size: float, leaves: str, fruit: str = "") -> None:
    """A tree that stands at `x` on the ground, `size` pixels tall, with or without fruit."""
    canvas.box(x - size * 0.05, ground - size * 0.5, size * 0.1, size * 0.5, WOOD)
    for dx, dy, radius in ((-0.2, 0.58, 0.22), (0.2, 0.58, 0.22), (0, 0.76, 0.26), (0, 0.56, 0.24)):
        canvas.disc(x + dx * size, ground - dy * size, radius * size, leaves)
    if fruit:
        for index in range(9):
            angle, far = index * 2.4, 0.1 + 0.025 * index
            canvas.disc(
                x + math.cos(angle) * far * size,
                ground - (0.64 + math.sin(angle) * far * 0.8) * size,
                size * 0.032,
                fruit,
            )


def person(canvas: Canvas, x: float, ground: float, size: float, number: int, *, singing: bool = False) -> None:
    """Somebody who stands at `x`, `size` pixels tall; `number` chooses skin, hair and clothes."""
    skin, clothes = SKINS[number % len(SKINS)], CLOTHES[number * 3 % len(CLOTHES)]
    hair = (INK, WOOD_DARK, "#8d8d8d", "#4a2f1d")[number * 5 % 4]
    canvas.shape(
        [
            (x - size * 0.1, ground - size * 0.72),
            (x + size * 0.1, ground - size * 0.72),
            (x + size * 0.17, ground),
            (x - size * 0.17, ground),
        ],
        clothes,
    )
    canvas.disc(x, ground - size * 0.68, size * 0.12, clothes)
    canvas.disc(x, ground - size * 0.89, size * 0.105, hair)
    canvas.disc(x, ground - size * 0.86, size * 0.09, skin)
    if singing:
        canvas.disc(x, ground - size * 0.83, size * 0.025, "#7a2d2d", size * 0.035)


def house(canvas: Canvas, left: float, ground: float, width: float, height: float, windows: int, rows: int = 2) -> None:
    """A stone house with a red roof and rows of windows."""
    canvas.box(left, ground - height, width, height, STONE)
    canvas.shape(
        [
            (left - 24, ground - height),
            (left + 60, ground - height - 90),
            (left + width - 60, ground - height - 90),
            (left + width + 24, ground - height),
        ],
        ROOF,
    )
    space = width / windows
    for row in range(rows):
        top = ground - height + 40 + row * (height - 60) / rows
        for column in range(windows):
            x = left + space * (column + 0.5)
            canvas.box(x - 26, top, 52, (height - 60) / rows - 40, PAPER)
            canvas.box(x - 21, top + 5, 42, (height - 60) / rows - 50, BLUE)


def stall(canvas: Canvas, left: float, ground: float, width: float, stripes: tuple[str, str]) -> None:
    """A market stall with a striped awning and three heaps of fruit."""
    for x in (left + 12, left + width - 24):
        canvas.box(x, ground - 330, 14, 330, WOOD_DARK)
    canvas.box(left, ground - 130, width, 130, WOOD)
    for index in range(8):
        step = width / 8
        x = left + index * step
        canvas.shape(
            [
                (x, ground - 330),
                (x + step, ground - 330),
                (x + step * 1.1, ground - 260),
                (x - step * 0.1, ground - 260),
            ],
            stripes[index % 2],
        )
        canvas.disc(x + step / 2, ground - 260, step * 0.55, stripes[index % 2], 24)
    for heap, colour in enumerate((RED, YELLOW, PLUM)):
        middle = left + width * (heap + 0.5) / 3
        for row in range(3):
            for index in range(4 - row):
                canvas.disc(middle + (index - (3 - row) / 2) * 30, ground - 146 - row * 26, 17, colour)


def fair() -> Canvas:
    """The harvest fair: three stalls before the mountains, and people between them."""
    canvas = Canvas(SKY)
    mountains(canvas)
    canvas.box(0, 470, 1200, 330, "#c9b79c")
    for index, stripes in enumerate(((RED, PAPER), (GREEN, PAPER), (BLUE, PAPER))):
        stall(canvas, 70 + index * 380, 690, 300, stripes)
    for index, x in enumerate((40, 220, 410, 600, 790, 985, 1165)):
        person(canvas, x, 775, 190, index)
    return canvas


def press() -> Canvas:
    """A wooden grape press with two people at its bar."""
    canvas = Canvas(DAWN)
    canvas.box(0, 600, 1200, 200, EARTH)
    canvas.box(470, 170, 28, 440, WOOD_DARK)
    canvas.box(702, 170, 28, 440, WOOD_DARK)
    canvas.box(440, 150, 320, 44, WOOD)
    canvas.box(588, 120, 24, 260, "#7d7d7d")
    canvas.box(330, 110, 540, 18, WOOD_DARK)
    canvas.box(500, 360, 200, 26, WOOD_DARK)
    for index in range(7):
        canvas.box(500 + index * 29, 386, 25, 190, WOOD if index % 2 else "#7a4f2f")
    canvas.box(480, 430, 240, 14, "#7d7d7d")
    canvas.box(480, 530, 240, 14, "#7d7d7d")
    canvas.box(450, 576, 300, 34, WOOD_DARK)
    canvas.shape([(735, 590), (800, 600), (800, 612), (735, 604)], WOOD_DARK)
    canvas.box(790, 600, 12, 70, PLUM)
    canvas.shape([(752, 660), (842, 660), (826, 750), (768, 750)], "#9aa0a6")
    canvas.disc(797, 662, 44, PLUM, 12)
    person(canvas, 330, 720, 420, 2)
    person(canvas, 930, 720, 420, 5)
    for across, down in scatter(26):
        canvas.disc(90 + across * 130, 690 + down * 50, 15, PLUM)
    return canvas


def ferry() -> Canvas:
    """A white ferry on a blue lake below the hills."""
    canvas = Canvas(SKY)
    canvas.disc(980, 130, 60, YELLOW)
    mountains(canvas, 430)
    canvas.box(0, 430, 1200, 370, "#5f97ad")
    for index in range(24):
        y = 470 + index * 14
        x = (index * 263) % 1100
        canvas.box(x, y, 90 + index * 3, 4, "#83b5c6", 2)
    canvas.shape([(300, 560), (930, 560), (860, 650), (360, 650)], BLUE)
    canvas.box(300, 545, 630, 20, PAPER)
    canvas.box(390, 455, 440, 90, PAPER)
    canvas.box(450, 385, 260, 70, SNOW)
    canvas.box(740, 375, 54, 80, RED)
    canvas.box(740, 375, 54, 18, INK)
    for index in range(9):
        canvas.box(412 + index * 46, 480, 30, 34, BLUE, 8)
    for index in range(5):
        canvas.box(468 + index * 48, 402, 34, 30, BLUE, 4)
    for index, x in enumerate((836, 866, 896)):
        person(canvas, x, 548, 76, index)
    return canvas


def cat() -> Canvas:
    """A ginger cat beside the hands of a tower clock."""
    canvas = Canvas(DUSK)
    for across, down in scatter(40):
        canvas.disc(across * 1200, down * 380, 2.5, YELLOW)
    canvas.box(240, 60, 720, 740, STONE)
    for row in range(10):
        for column in range(7):
            canvas.box(
                244 + column * 104 - (row % 2) * 52, 64 + row * 76, 100, 72, "#d4b89f" if (row + column) % 3 else STONE
            )
    canvas.box(0, 60, 240, 740, DUSK)
    canvas.box(960, 60, 240, 740, DUSK)
    canvas.disc(600, 350, 250, WOOD_DARK)
    canvas.disc(600, 350, 230, PAPER)
    for hour in range(12):
        angle = math.radians(hour * 30)
        inner, outer = (178, 212) if hour % 3 == 0 else (192, 212)
        canvas.line(
            [
                (600 + math.sin(angle) * inner, 350 - math.cos(angle) * inner),
                (600 + math.sin(angle) * outer, 350 - math.cos(angle) * outer),
            ],
            INK,
            10,
        )
    canvas.line([(600, 350), (505, 240)], INK, 16)
    canvas.line([(600, 350), (690, 500)], INK, 10)
    canvas.disc(600, 350, 16, RED)
    canvas.box(200, 640, 800, 36, STONE_DARK)
    canvas.disc(800, 580, 74, ORANGE, 66)
    canvas.disc(734, 520, 48, ORANGE)
    canvas.shape([(692, 506), (696, 448), (730, 480)], ORANGE)
    canvas.shape([(744, 478), (776, 448), (778, 504)], ORANGE)
    canvas.line([(860, 610), (930, 632), (972, 600), (960, 560)], ORANGE, 22)
    for x in (716, 752):
        canvas.disc(x, 518, 8, GREEN)
        canvas.disc(x, 518, 4, INK, 7)
    canvas.shape([(727, 534), (741, 534), (734, 543)], "#d98c94")
    for offset in (0, 26, 52):
        canvas.line([(790 + offset, 520 + offset * 0.18), (796 + offset, 556)], "#b9621e", 8)
    canvas.box(742, 612, 28, 30, PAPER, 12)
    canvas.box(780, 612, 28, 30, PAPER, 12)
    return canvas


def walnut() -> Canvas:
    """A very old walnut tree with a bench below it, in autumn."""
    canvas = Canvas(DAWN)
    mountains(canvas, 520)
    canvas.box(0, 520, 1200, 280, FIELD)
    canvas.shape([(545, 720), (575, 420), (540, 300), (600, 380), (640, 270), (650, 420), (680, 720)], WOOD_DARK)
    for x, y, radius in (
        (420, 300, 130),
        (560, 200, 150),
        (720, 230, 150),
        (800, 340, 110),
        (600, 320, 150),
        (470, 380, 90),
        (740, 390, 90),
    ):
        canvas.disc(x, y, radius, "#a8943f")
    for across, down in scatter(60):
        canvas.disc(360 + across * 500, 130 + down * 300, 12, "#bfa94e")
    for across, down in scatter(34):
        canvas.disc(280 + across * 640, 700 + down * 80, 9, "#a8943f", 5)
    canvas.box(770, 640, 220, 16, WOOD)
    canvas.box(770, 596, 220, 16, WOOD)
    for left in (786, 958):
        canvas.box(left, 590, 14, 120, WOOD)
    return canvas


def choir() -> Canvas:
    """Three rows of singers and their conductor."""
    canvas = Canvas("#5b3b3f")
    for index in range(12):
        canvas.shape(
            [(index * 100, 0), (index * 100 + 54, 0), (index * 100 + 40, 560), (index * 100 + 10, 560)], "#6d474b"
        )
    for row in range(3):
        ground = 520 + row * 90
        canvas.box(60 - row * 30, ground - 6, 1080 + row * 60, 100, "#7c5333" if row % 2 else "#8b6140")
        count = 9 + row
        for index in range(count):
            person(
                canvas,
                120 - row * 20 + index * (960 + row * 40) / (count - 1),
                ground,
                260,
                index + row * 4,
                singing=True,
            )
    canvas.box(0, 740, 1200, 60, "#4b332c")
    canvas.shape([(555, 800), (575, 640), (625, 640), (645, 800)], INK)
    canvas.disc(600, 606, 42, INK)
    canvas.line([(580, 670), (500, 610)], INK, 24)
    canvas.line([(620, 670), (700, 600), (748, 540)], INK, 20)
    canvas.line([(748, 540), (780, 480)], PAPER, 5)
    return canvas


def rehearsal() -> Canvas:
    """Music stands and a piano in an empty courtyard."""
    canvas = Canvas(SKY)
    house(canvas, 80, 560, 1040, 420, 7)
    canvas.box(0, 560, 1200, 240, "#c9b79c")
    canvas.box(160, 500, 300, 150, INK, 8)
    canvas.box(140, 590, 340, 28, "#4a4747")
    for index in range(20):
        canvas.box(150 + index * 16, 590, 14, 20, PAPER)
    canvas.box(170, 650, 16, 70, INK)
    canvas.box(434, 650, 16, 70, INK)
    for index, x in enumerate((600, 740, 880, 1020)):
        canvas.line([(x, 600), (x, 730)], INK, 6)
        canvas.line([(x - 34, 752), (x, 724), (x + 34, 752)], INK, 6)
        canvas.shape([(x - 58, 520), (x + 58, 520), (x + 66, 604), (x - 66, 604)], CLOTHES[index])
        canvas.shape([(x - 44, 528), (x + 44, 528), (x + 50, 594), (x - 50, 594)], PAPER)
        for row in range(4):
            canvas.line([(x - 36, 542 + row * 13), (x + 36, 542 + row * 13)], "#8d8d8d", 2)
    return canvas


def books() -> Canvas:
    """Two tables of books under a string of lamps."""
    canvas = Canvas("#efe2c6")
    canvas.line([(0, 90), (200, 140), (400, 90), (600, 140), (800, 90), (1000, 140), (1200, 90)], INK, 3)
    for index in range(13):
        canvas.disc(index * 100, 102 if index % 4 == 0 else 126, 14, ORANGE)
    for shelf in range(3):
        top = 190 + shelf * 150
        x = 90.0
        index = shelf * 7
        while x < 1080:
            width, height = 22 + (index * 13) % 24, 86 + (index * 29) % 40
            canvas.box(x, top + 128 - height, width, height, CLOTHES[index % len(CLOTHES)])
            canvas.box(x + 4, top + 128 - height + 14, width - 8, 8, PAPER)
            x += width + (18 if index % 6 == 5 else 3)
            index += 1
        canvas.box(60, top + 128, 1080, 18, WOOD)
    canvas.box(40, 170, 24, 630, WOOD_DARK)
    canvas.box(1136, 170, 24, 630, WOOD_DARK)
    for index, x in enumerate((300, 620, 900)):
        person(canvas, x, 800, 250, index + 1)
    return canvas


def puppets() -> Canvas:
    """A puppet stage with a fox and a hen."""
    canvas = Canvas("#394b45")
    canvas.box(180, 60, 840, 700, WOOD)
    canvas.box(250, 180, 700, 400, SKY)
    canvas.box(250, 520, 700, 60, GRASS)
    for index in range(9):
        canvas.disc(225 + index * 94, 180, 52, RED if index % 2 else "#8e2522", 44)
    canvas.shape([(250, 180), (340, 180), (300, 400), (250, 580)], RED)
    canvas.shape([(950, 180), (860, 180), (900, 400), (950, 580)], RED)
    canvas.shape([(400, 580), (430, 400), (500, 400), (530, 580)], ORANGE)
    canvas.shape([(405, 330), (525, 330), (465, 430)], ORANGE)
    canvas.shape([(405, 340), (412, 270), (450, 330)], ORANGE)
    canvas.shape([(525, 340), (518, 270), (480, 330)], ORANGE)
    canvas.disc(445, 356, 7, INK)
    canvas.disc(485, 356, 7, INK)
    canvas.disc(465, 424, 9, INK)
    canvas.disc(720, 500, 90, PAPER, 80)
    canvas.disc(670, 400, 46, PAPER)
    canvas.shape([(606, 400), (632, 388), (632, 414)], YELLOW)
    for x in (650, 672, 694):
        canvas.disc(x, 356, 15, RED)
    canvas.disc(656, 396, 6, INK)
    canvas.box(140, 580, 920, 50, WOOD_DARK)
    for index in range(7):
        canvas.disc(120 + index * 160, 790, 58, (INK, WOOD_DARK, "#4a2f1d")[index % 3])
    return canvas


def school() -> Canvas:
    """A school with a new roof, and pupils at its gate."""
    canvas = Canvas(SKY)
    mountains(canvas, 500)
    canvas.box(0, 500, 1200, 300, GRASS)
    canvas.shape([(520, 640), (680, 640), (820, 800), (380, 800)], "#d9c7a6")
    house(canvas, 160, 640, 880, 300, 8)
    canvas.box(555, 520, 90, 120, WOOD_DARK, 10)
    canvas.line([(600, 250), (600, 150)], INK, 6)
    canvas.shape([(604, 152), (680, 170), (604, 190)], ORANGE)
    tree(canvas, 90, 660, 210, GREEN)
    tree(canvas, 1110, 660, 210, GREEN)
    for index, x in enumerate((300, 370, 450, 545, 650, 745, 830, 905)):
        person(canvas, x, 762, 120 + (index * 17) % 30, index)
    return canvas


def classroom() -> Canvas:
    """A classroom with a green board and empty desks."""
    canvas = Canvas("#f3ead6")
    canvas.box(0, 560, 1200, 240, "#c79d6c")
    canvas.box(300, 110, 600, 300, WOOD)
    canvas.box(318, 128, 564, 264, "#3d5f50")
    canvas.line([(370, 190), (470, 190)], PAPER, 6)
    canvas.line([(370, 240), (560, 240)], PAPER, 6)
    canvas.line([(370, 290), (520, 290)], PAPER, 6)
    canvas.disc(760, 250, 60, YELLOW)
    canvas.disc(760, 250, 50, "#3d5f50")
    for left in (60, 960):
        canvas.box(left, 100, 180, 280, PAPER)
        canvas.box(left + 12, 112, 156, 256, SKY)
        canvas.box(left + 84, 112, 12, 256, PAPER)
    for row in range(2):
        for column in range(4):
            left = 110 + column * 260 - row * 30
            top = 500 + row * 130
            canvas.box(left, top, 200 + row * 20, 22, WOOD)
            canvas.box(left + 14, top + 22, 14, 84, WOOD_DARK)
            canvas.box(left + 170 + row * 20, top + 22, 14, 84, WOOD_DARK)
            canvas.box(left + 70, top - 12, 60, 12, CLOTHES[(row * 4 + column) % len(CLOTHES)])
    return canvas


def garden() -> Canvas:
    """A young orchard in rows, with watering cans."""
    canvas = Canvas(SKY)
    mountains(canvas, 440)
    canvas.box(0, 440, 1200, 360, GRASS)
    for row, (ground, size) in enumerate(((520, 110), (620, 160), (760, 220))):
        canvas.box(0, ground - 10, 1200, 22 + row * 8, EARTH)
        for index in range(7 - row):
            tree(canvas, 100 + index * (1000 / (6 - row)), ground, size, GREEN, ORANGE if index % 2 else RED)
    for index, x in enumerate((330, 560, 820)):
        person(canvas, x, 700, 150, index + 2)
    return canvas


def chess() -> Canvas:
    """A chess board seen from one side, with a few pieces left on it."""
    canvas = Canvas("#40566b")
    canvas.box(180, 40, 840, 730, WOOD_DARK, 10)
    size = 85
    for row in range(8):
        for column in range(8):
            canvas.box(
                260 + column * size, 65 + row * size, size, size, "#e9d6b0" if (row + column) % 2 == 0 else "#a8734a"
            )
    pieces = (
        (4, 0, INK, "king"),
        (2, 1, INK, "pawn"),
        (5, 2, INK, "rook"),
        (6, 1, INK, "pawn"),
        (3, 4, PAPER, "rook"),
        (1, 5, PAPER, "pawn"),
        (4, 6, PAPER, "pawn"),
        (6, 7, PAPER, "king"),
    )
    for column, row, colour, kind in pieces:
        x, foot = 260 + column * size + size / 2, 65 + row * size + size - 9
        canvas.box(x - 25, foot - 12, 50, 12, colour, 4)
        canvas.shape([(x - 20, foot - 10), (x - 9, foot - 46), (x + 9, foot - 46), (x + 20, foot - 10)], colour)
        if kind == "pawn":
            canvas.disc(x, foot - 50, 13, colour)
        elif kind == "rook":
            for left in (x - 19, x - 6, x + 7):
                canvas.box(left, foot - 66, 12, 14, colour)
            canvas.box(x - 19, foot - 56, 38, 14, colour)
        else:
            canvas.disc(x, foot - 50, 17, colour)
            canvas.box(x - 3, foot - 78, 6, 22, colour)
            canvas.box(x - 10, foot - 72, 20, 6, colour)
    return canvas


def run() -> Canvas:
    """Runners on a road between fields at dawn."""
    canvas = Canvas(DAWN)
    canvas.disc(260, 250, 90, "#f2c46d")
    mountains(canvas, 430)
    canvas.box(0, 430, 1200, 370, FIELD)
    canvas.shape([(560, 430), (640, 430), (1010, 800), (190, 800)], "#8b8580")
    for index in range(6):
        top = 450 + index * index * 12
        canvas.box(597 - index, top, 6 + index * 2, 20 + index * 5, PAPER)
    for index, (x, ground, size) in enumerate(
        (
            (590, 480, 70),
            (625, 500, 84),
            (560, 545, 110),
            (660, 580, 130),
            (520, 640, 165),
            (690, 690, 190),
            (430, 760, 230),
            (790, 780, 240),
        )
    ):
        person(canvas, x, ground, size, index)
        canvas.box(x - size * 0.06, ground - size * 0.58, size * 0.12, size * 0.12, PAPER)
    for across, down in scatter(40):
        if not 0.3 < across < 0.7:
            canvas.disc(across * 1200, 470 + down * 310, 8, ORANGE)
    return canvas


def mural() -> Canvas:
    """A wall, half painted with a pomegranate. For a story that is not out yet."""
    canvas = Canvas(SKY)
    canvas.box(100, 120, 1000, 560, STONE)
    canvas.box(0, 680, 1200, 120, "#9a938a")
    canvas.box(100, 120, 560, 560, "#2f7f7a")
    canvas.disc(380, 420, 190, RED)
    canvas.shape([(340, 240), (330, 180), (362, 206), (380, 170), (398, 206), (430, 180), (420, 240)], RED)
    for across, down in scatter(30):
        canvas.disc(300 + across * 160, 360 + down * 130, 12, "#e58a8a")
    for left in (720, 980):
        canvas.line([(left, 150), (left, 760)], WOOD_DARK, 12)
    for y in (230, 340, 450, 560, 670):
        canvas.line([(720, y), (980, y)], WOOD_DARK, 8)
    person(canvas, 850, 450, 170, 4)
    return canvas


def bell() -> Canvas:
    """A bronze bell on a crane before a tower. For a story under embargo."""
    canvas = Canvas(DAWN)
    mountains(canvas, 560)
    canvas.box(0, 560, 1200, 240, GRASS)
    canvas.box(720, 180, 240, 480, STONE)
    canvas.shape([(690, 180), (840, 50), (990, 180)], ROOF)
    canvas.box(780, 220, 120, 150, DUSK, 50)
    canvas.line([(160, 760), (300, 120), (460, 170)], YELLOW, 16)
    canvas.line([(460, 170), (460, 330)], INK, 4)
    canvas.shape([(430, 340), (490, 340), (520, 470), (550, 500), (370, 500), (400, 470)], "#a67a35")
    canvas.disc(460, 345, 32, "#a67a35", 24)
    canvas.disc(460, 510, 18, "#6f5020")
    for index, x in enumerate((350, 560, 640)):
        person(canvas, x, 740, 170, index + 3)
    return canvas


def ovens() -> Canvas:
    """Two bakers with trays before a brick oven."""
    canvas = Canvas("#6b4a3a")
    for row in range(11):
        for column in range(9):
            left = column * 150 - (row % 2) * 75
            canvas.box(left, row * 60, 146, 56, "#9c6247" if (row * 2 + column) % 5 else "#8c553c")
    canvas.box(0, 640, 1200, 160, "#c9b79c")
    canvas.box(330, 190, 540, 450, STONE_DARK, 30)
    canvas.disc(600, 440, 210, INK, 190)
    canvas.box(390, 440, 420, 170, INK)
    for x, y, tall, colour in (
        (500, 600, 150, ORANGE),
        (600, 600, 220, ORANGE),
        (700, 600, 140, ORANGE),
        (550, 600, 110, YELLOW),
        (640, 600, 130, YELLOW),
    ):
        canvas.shape(
            [(x - 50, y), (x - 30, y - tall * 0.5), (x, y - tall), (x + 32, y - tall * 0.45), (x + 50, y)], colour
        )
    canvas.box(350, 600, 500, 44, STONE)
    for x, number in ((190, 3), (1010, 5)):
        person(canvas, x, 780, 520, number)
        canvas.shape([(x - 48, 450), (x + 48, 450), (x + 70, 740), (x - 70, 740)], PAPER)
        canvas.box(x - 56, 262, 112, 40, PAPER, 8)
        canvas.disc(x, 258, 64, PAPER, 34)
        canvas.box(x - 150, 520, 300, 18, WOOD)
        for index in range(3):
            canvas.disc(x - 96 + index * 96, 506, 46, "#c98b45", 28)
            canvas.line([(x - 118 + index * 96, 500), (x - 74 + index * 96, 500)], "#f0d9a8", 5)
    return canvas


def loaf(kind: str) -> Callable[[], Canvas]:
    """A scene: a loaf on a cloth, 600 × 400 pixels. kind: `round`, `plait` or `sun`."""

    def scene() -> Canvas:
        canvas = Canvas("#d7e3dc", 600, 400)
        canvas.box(0, 250, 600, 150, WOOD)
        canvas.shape([(70, 270), (530, 270), (590, 400), (10, 400)], PAPER)
        for index in range(5):
            canvas.line([(100 + index * 100, 270), (60 + index * 120, 400)], "#d9a6a0", 4)
        crust, light = "#b9762f", "#f0d9a8"
        if kind == "round":
            canvas.disc(300, 230, 170, crust, 110)
            canvas.line([(220, 175), (380, 265)], light, 12)
            canvas.line([(380, 175), (220, 265)], light, 12)
        elif kind == "plait":
            for index in range(7):
                x = 120 + index * 60
                canvas.disc(x, 235 + (index % 2) * 14, 58, crust if index % 2 else "#a9682a", 70)
                canvas.line([(x - 26, 268), (x + 20, 200)], light, 7)
        else:
            for index in range(12):
                angle = math.radians(index * 30)
                tip = (300 + math.cos(angle) * 200, 225 + math.sin(angle) * 140)
                sides = [
                    (300 + math.cos(angle + turn) * 120, 225 + math.sin(angle + turn) * 84) for turn in (-0.26, 0.26)
                ]
                canvas.shape([sides[0], tip, sides[1]], crust)
            canvas.disc(300, 225, 126, crust, 88)
            canvas.disc(300, 225, 70, light, 48)
            canvas.disc(300, 225, 58, "#c98b45", 39)
        return canvas

    return scene


def duduk() -> Canvas:
    """A man with a grey beard and a duduk, taller than wide."""
    canvas = Canvas("#4f5b52", 800, 1000)
    for index in range(6):
        canvas.box(40 + index * 130, 60 + (index * 37) % 90, 84, 700, (WOOD, "#a06a3d", WOOD_DARK)[index % 3])
    canvas.disc(400, 1010, 330, "#2f4858", 380)
    canvas.shape([(340, 640), (460, 640), (400, 760)], PAPER)
    canvas.box(345, 520, 110, 140, "#c98f67", 40)
    canvas.disc(400, 370, 165, "#9a9a98", 190)
    canvas.disc(400, 390, 138, "#c98f67", 168)
    canvas.shape(
        [(262, 420), (300, 480), (400, 462), (500, 480), (538, 420), (516, 580), (400, 660), (284, 580)], "#b8b8b4"
    )
    canvas.shape([(330, 468), (400, 446), (470, 468), (400, 500)], "#9a9a98")
    canvas.line([(372, 506), (400, 514), (428, 506)], "#8a3d3d", 8)
    for x in (344, 456):
        canvas.disc(x, 378, 12, INK)
        canvas.line([(x - 34, 346), (x, 336), (x + 34, 346)], "#8d8d8d", 12)
    canvas.disc(400, 236, 150, "#2c2a2a", 60)
    canvas.box(250, 232, 300, 40, "#2c2a2a", 16)
    canvas.box(592, 330, 46, 560, "#b0703a", 20)
    canvas.box(598, 250, 34, 96, "#e8c98a", 10)
    canvas.box(594, 318, 42, 14, INK)
    for index in range(8):
        canvas.disc(615, 420 + index * 50, 9, INK)
    for y, shoulder in ((610, (690, 830)), (780, (180, 900))):
        canvas.line([shoulder, (600, y + 6)], "#263c4a", 84)
        canvas.disc(612, y, 56, "#c98f67", 42)
        for finger in range(4):
            canvas.line([(600, y - 24 + finger * 17), (650, y - 28 + finger * 17)], "#b67d55", 5)
    return canvas


def workshop() -> Canvas:
    """A bench with three duduks, tools on the wall, and a window."""
    canvas = Canvas("#e5d3b3")
    canvas.box(0, 600, 1200, 200, EARTH)
    canvas.box(780, 90, 300, 320, PAPER)
    canvas.box(796, 106, 268, 288, SKY)
    canvas.box(922, 106, 16, 288, PAPER)
    canvas.box(796, 240, 268, 16, PAPER)
    canvas.box(110, 130, 560, 20, WOOD_DARK)
    for index in range(7):
        x = 150 + index * 80
        canvas.box(x - 9, 150, 18, 90, WOOD if index % 2 else RED, 6)
        canvas.shape(
            [(x - 13, 240), (x + 13, 240), (x + 4, 320 + (index * 31) % 50), (x - 4, 320 + (index * 31) % 50)],
            "#9aa0a6",
        )
    canvas.box(70, 540, 1060, 40, WOOD)
    for left in (120, 1040):
        canvas.box(left, 580, 40, 200, WOOD_DARK)
    for index, (left, top) in enumerate(((150, 508), (430, 490), (720, 508))):
        canvas.box(left, top, 280, 30, ("#b0703a", "#8f5529", "#c4864c")[index], 14)
        canvas.box(left + 276, top + 5, 60, 20, "#e8c98a", 6)
        for hole in range(7):
            canvas.disc(left + 40 + hole * 32, top + 15, 5, INK)
    for across, down in scatter(36):
        canvas.disc(180 + across * 820, 640 + down * 120, 9, "#d9b98a", 4)
    canvas.disc(1000, 500, 48, PAPER, 40)
    canvas.disc(1000, 474, 42, "#8a4a1d", 12)
    return canvas


def soup() -> Canvas:
    """A pot of orange soup with six bowls."""
    canvas = Canvas("#dfe7df")
    for row in range(5):
        for column in range(12):
            canvas.box(column * 100 + 3, row * 100 + 3, 94, 94, "#eef3ec" if (row + column) % 4 else "#cfdccf", 6)
    canvas.box(0, 500, 1200, 300, WOOD)
    canvas.box(0, 500, 1200, 16, WOOD_DARK)
    for x, lean in ((520, -30), (600, 30), (680, -30)):
        steam: list[Point] = [(x + lean * math.sin(step / 2), 230 - step * 22) for step in range(9)]
        canvas.line(steam, SNOW, 14)
    canvas.box(390, 290, 420, 300, "#7d8790", 40)
    canvas.box(330, 360, 70, 30, "#5d666e", 14)
    canvas.box(800, 360, 70, 30, "#5d666e", 14)
    canvas.disc(600, 292, 210, "#5d666e", 50)
    canvas.disc(600, 296, 188, ORANGE, 40)
    for across, down in scatter(14):
        canvas.disc(450 + across * 300, 278 + down * 34, 9, GREEN, 5)
    canvas.line([(690, 292), (810, 90)], "#4a4747", 18)
    for index, (x, y) in enumerate(((140, 560), (290, 690), (500, 710), (710, 710), (920, 690), (1070, 560))):
        canvas.shape([(x - 84, y), (x + 84, y), (x + 46, y + 64), (x - 46, y + 64)], CLOTHES[index])
        canvas.disc(x, y, 84, PAPER, 24)
        canvas.disc(x, y, 70, ORANGE, 17)
    return canvas


def autumn() -> Canvas:
    """A basket of fruit, a red umbrella and a pair of boots under falling leaves."""
    canvas = Canvas(DAWN)
    mountains(canvas, 480)
    canvas.box(0, 480, 1200, 320, FIELD)
    canvas.line([(860, 210), (860, 690)], WOOD_DARK, 12)
    canvas.shape([(620, 380), (680, 250), (860, 180), (1040, 250), (1100, 380)], RED)
    for index in range(4):
        canvas.disc(680 + index * 120, 378, 60, RED if index % 2 else "#a52b29", 24)
    for left, right in ((740, 800), (860, 860), (920, 980)):
        canvas.line([(860, 184), ((left + right) / 2, 366)], "#8e2522", 5)
    for index in range(5):
        canvas.disc(240 + index * 62, 520 - (index % 2) * 26, 42, (RED, YELLOW, RED, GREEN, YELLOW)[index])
    for index in range(4):
        canvas.disc(270 + index * 62, 474 - (index % 2) * 20, 38, (YELLOW, RED, YELLOW, RED)[index])
    canvas.shape([(170, 530), (560, 530), (510, 710), (220, 710)], WOOD)
    for row in range(4):
        canvas.line([(180 + row * 12, 560 + row * 40), (550 - row * 12, 560 + row * 40)], WOOD_DARK, 6)
    for column in range(8):
        canvas.line([(200 + column * 48, 534), (236 + column * 38, 706)], WOOD_DARK, 4)
    for x in (660, 960):
        canvas.box(x, 560, 74, 150, BLUE, 14)
        canvas.box(x, 660, 130, 56, BLUE, 24)
        canvas.box(x - 4, 706, 140, 16, INK, 6)
    for across, down in scatter(46):
        side, high = across * 1200, 30 + down * 740
        leaf: list[Point] = [(side - 12, high), (side, high - 9), (side + 12, high), (side, high + 9)]
        canvas.shape(leaf, (ORANGE, "#a8943f", RED)[int(across * 97) % 3])
    return canvas


def portrait(number: int) -> Callable[[], Canvas]:
    """A scene: one head and shoulders, 480 pixels square."""

    def scene() -> Canvas:
        canvas = Canvas(("#d7e3dc", "#efe0cd", "#dcdfea")[number % 3], 480, 480)
        hair = (WOOD_DARK, INK, "#8d8d8d")[number % 3]
        skin = SKINS[number % len(SKINS)]
        canvas.disc(240, 214, 122, hair, 132)
        canvas.disc(240, 500, 190, CLOTHES[(number * 2 + 1) % len(CLOTHES)], 150)
        canvas.box(204, 290, 72, 90, skin, 30)
        canvas.disc(240, 226, 94, skin, 112)
        canvas.shape([(146, 190), (180, 120), (240, 104), (300, 120), (334, 190), (240, 150)], hair)
        for x in (204, 276):
            canvas.disc(x, 224, 9, INK)
        canvas.line([(206, 282), (240, 296), (274, 282)], "#8a3d3d", 7)
        return canvas

    return scene


PICTURES: dict[str, Callable[[], Canvas]] = {
    "community/2026/images/fair.jpg": fair,
    "community/2026/images/press.png": press,
    "community/2026/images/ferry.png": ferry,
    "community/2026/images/clock-cat.png": cat,
    "community/2026/images/walnut.jpg": walnut,
    "community/2026/images/bell.png": bell,
    "community/2026/images/autumn.png": autumn,
    "community/2026/images/loaf-plait.png": loaf("plait"),
    "community/2026/images/loaf-round.png": loaf("round"),
    "community/2026/images/loaf-sun.png": loaf("sun"),
    "community/2026/images/ovens.png": ovens,
    "culture/2025/images/books.png": books,
    "culture/2026/images/choir.jpg": choir,
    "culture/2026/images/courtyard.png": rehearsal,
    "culture/2026/images/duduk.png": duduk,
    "culture/2026/images/mural.png": mural,
    "culture/2026/images/puppets.png": puppets,
    "culture/2026/images/workshop.png": workshop,
    "images/ani-example.png": portrait(0),
    "images/jane-sample.png": portrait(1),
    "schools/2026/images/classroom.png": classroom,
    "schools/2026/images/garden.png": garden,
    "schools/2026/images/school.jpg": school,
    "schools/2026/images/soup.png": soup,
    "sport/2025/images/run.png": run,
    "sport/2026/images/chess.png": chess,
}
"""Where each picture lies, from content/."""


def main(folder: Path) -> None:
    """Draw all pictures into `folder`."""
    for path, scene in PICTURES.items():
        scene().save(folder / path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "content")
