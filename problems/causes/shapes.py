"""What drawings are made of, and how that becomes SVG."""

from dataclasses import dataclass
from xml.etree import ElementTree

from problems.causes.measuring import LINE, SIZE, width_of

XMLNS = "http://www.w3.org/2000/svg"
MARKS = {"confirmed": "✓ ", "ruled_out": "✗ ", "suspected": ""}

# For files that stand alone; on our pages app.css says how these classes look.
STYLE = (
    "text{font:13px 'Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif;fill:#1f2937}"
    "path{stroke:#64748b;stroke-width:1.4;fill:none}.spine{stroke:#1f2937;stroke-width:3}.rib{stroke-width:2}"
    ".bone.is-suspected{stroke-dasharray:5 4}.bone.is-confirmed{stroke:#b42318;stroke-width:2.4}"
    ".is-ruled_out{stroke:#94a3b8}text.is-ruled_out{fill:#64748b;stroke:none;text-decoration:line-through}"
    "text.is-confirmed{fill:#b42318;font-weight:700}rect{fill:#f1f5f9;stroke:#64748b;stroke-width:1.2}"
    "rect.head{fill:#1f2937;stroke:#1f2937}text.head{fill:#fff;font-weight:700}text.category{font-weight:700}"
    "rect.is-confirmed{stroke:#b42318;stroke-width:2.4;fill:#fff}rect.action{fill:#ecfdf3;stroke:#15803d}"
    ".ground{fill:#fff;stroke:none}"
)


@dataclass(frozen=True)
class Path:
    points: tuple[tuple[float, float], ...]
    kind: str


@dataclass(frozen=True)
class Text:
    """Lines of words. `x` is where they begin ("start"), end ("end") or their middle; `y` the top of the first."""

    x: float
    y: float
    lines: tuple[str, ...]
    kind: str
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        width = max(width_of(line) for line in self.lines)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y, left + width, self.y + LINE * len(self.lines)


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class Drawing:
    """Shapes between the corners of `box` (left, top, right, bottom), with what it is called and tells."""

    shapes: tuple
    box: tuple[float, float, float, float]
    title: str
    description: str


def svg(drawing: Drawing, *, key="drawing", is_file=False) -> str:
    """The drawing as SVG: with colours of its own as a file, else in those of the page."""
    left, top, right, bottom = drawing.box
    width, height = right - left, bottom - top
    root = ElementTree.Element("svg", {
        "class": "causes-drawing", "viewBox": _numbers(left, top, width, height), "width": _number(width),
        "height": _number(height), "role": "img", "aria-labelledby": f"{key}-title {key}-desc",
    })  # fmt: skip
    if is_file:
        root.set("xmlns", XMLNS)
    ElementTree.SubElement(root, "title", id=f"{key}-title").text = drawing.title
    ElementTree.SubElement(root, "desc", id=f"{key}-desc").text = drawing.description
    if is_file:
        ElementTree.SubElement(root, "style").text = STYLE
        _rect(root, Box(left, top, width, height, "ground"))
    for shape in drawing.shapes:
        if isinstance(shape, Path):
            way = "M" + " L".join(_numbers(x, y) for x, y in shape.points)
            ElementTree.SubElement(root, "path", {"class": shape.kind, "d": way})
        elif isinstance(shape, Box):
            _rect(root, shape)
        else:
            _text(root, shape)
    return ElementTree.tostring(root, encoding="unicode")


def _rect(root, box):
    ElementTree.SubElement(root, "rect", {
        "class": box.kind, "x": _number(box.x), "y": _number(box.y), "width": _number(box.width),
        "height": _number(box.height), "rx": "0" if box.kind == "ground" else "6",
    })  # fmt: skip


def _text(root, text):
    element = ElementTree.SubElement(root, "text", {"class": text.kind, "text-anchor": text.anchor})
    for n, line in enumerate(text.lines):
        place = {"x": _number(text.x), "y": _number(text.y + LINE * n + SIZE)}
        ElementTree.SubElement(element, "tspan", place).text = line


def _number(value):
    return f"{value:.1f}".removesuffix(".0")


def _numbers(*values):
    return " ".join(_number(value) for value in values)
