"""Image datasets: a folder of pictures, a table of labels, one picture at a time."""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import torch
from matplotlib.axes import Axes
from PIL import Image, ImageDraw
from torch import Tensor
from torch.utils.data import Dataset

# The corners of five silhouettes as (column, row), both from 0 to 27.
OUTLINES: dict[str, list[tuple[int, int]]] = {
    "T-shirt": [
        (9, 4), (11, 6), (16, 6), (18, 4), (25, 8), (22, 13), (19, 11),
        (19, 24), (8, 24), (8, 11), (5, 13), (2, 8),
    ],
    "Trouser": [(9, 2), (18, 2), (20, 25), (15, 25), (13, 9), (12, 25), (7, 25)],
    "Dress": [(10, 2), (17, 2), (16, 10), (21, 25), (6, 25), (11, 10)],
    "Bag": [
        (3, 11), (9, 11), (11, 4), (16, 4), (18, 11), (24, 11), (24, 23), (3, 23),
    ],
    "Ankle boot": [(14, 4), (23, 4), (24, 23), (3, 23), (3, 18), (13, 14)],
}  # fmt: skip


def draw_garment(category: str, shade: int) -> Image.Image:
    """Draw one piece of clothing, 28 by 28 pixels, bright on black.

    Args:
        category: A key of OUTLINES.
        shade: The grey of the cloth, 0 (black) to 255 (white).

    Returns:
        A grey image (mode "L", one byte a pixel).
    """
    image = Image.new("L", (28, 28))
    pen = ImageDraw.Draw(image)
    pen.polygon(OUTLINES[category], fill=shade, outline=255)
    return image


def show_image(ax: Axes, image: Image.Image, title: str) -> None:
    """Show a grey image with a title and no axes; 0 is black and 255 is white.

    Args:
        ax: The axes to draw in.
        image: Mode "L".
        title: What stands above it.
    """
    ax.imshow(image, cmap="gray", vmin=0, vmax=255, interpolation="none")
    ax.set_title(title)
    ax.axis("off")


def write_image_set(folder: Path, categories: Sequence[str]) -> None:
    """Write img/fashion0.png, img/fashion1.png, ... and their labels in index.csv.

    Args:
        folder: Where to; it is made if it is not there.
        categories: The label of each image, keys of OUTLINES, at most 26.
    """
    (folder / "img").mkdir(parents=True, exist_ok=True)
    rows = []
    for number, category in enumerate(categories):
        name = f"img/fashion{number}.png"
        draw_garment(category, shade=100 + 6 * number).save(folder / name)
        rows.append((category, name))
    table = pd.DataFrame(rows, columns=["category", "image"])
    table.to_csv(folder / "index.csv", index=False)


def read_index(folder: Path, csv_file: str) -> pd.DataFrame:
    """Read the table of a folder of images, and refuse one that cannot be right.

    Args:
        folder: The folder of the images.
        csv_file: In this folder, a table with the columns category and image, one row
            an image; the name of the image is relative to the folder.

    Returns:
        The table, all cells strings. No image has been opened.

    Raises:
        FileNotFoundError: If the CSV file, or an image that it names, is not there.
        ValueError: If a column is missing, a cell is empty, or there is no row.
    """
    path = folder / csv_file
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there, wanted a CSV file of labels")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except ValueError as error:
        raise ValueError(f"{path} is not a CSV file with a header: {error}") from error
    if table.empty:
        raise ValueError(f"{path} lists no images")
    for column in ("category", "image"):
        if column not in table:
            found = ", ".join(table.columns)
            raise ValueError(f"{path} has no column {column!r}, only: {found}")
    for index, (category, name) in enumerate(table[["category", "image"]].values):
        if not category or not name:
            raise ValueError(f"{path} has an empty cell in row {index}")
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{path} names {name} in row {index}: no such file")
    return table


def open_grey(path: Path) -> Image.Image:
    """Open an image file as a grey image, all of it, and close the file.

    Args:
        path: Any format that Pillow reads; colours become grey.

    Raises:
        ValueError: If there is no readable image in the file, or one whose pixels have
            more than 8 bits a colour (Pillow would cut them off at 255).
    """
    try:
        with Image.open(path) as image:
            if image.mode.startswith(("I", "F")):
                raise ValueError(f"{path} has mode {image.mode}, wanted 8-bit pixels")
            return image.convert("L")
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{path} is not a readable image: {error}") from error


class FashionFolder(Dataset[tuple[Any, str]]):
    """A dataset of the images in a folder, labelled by a CSV file in it.

    Attributes:
        data_dir: The folder.
        table: One row an image, with the columns category and image.
        transform: What each image goes through on its way out, or None.
    """

    def __init__(
        self,
        csv_file: str,
        data_dir: str | Path,
        transform: Callable[[Image.Image], Any] | None = None,
    ) -> None:
        """Read the table; open no image.

        Raises:
            FileNotFoundError: If the CSV file, or an image it names, is not there.
            ValueError: If the table cannot be right.
        """
        self.data_dir = Path(data_dir)
        self.table = read_index(self.data_dir, csv_file)
        self.transform = transform

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, index: int) -> tuple[Any, str]:
        row = self.table.iloc[index]
        image = open_grey(self.data_dir / row["image"])
        if self.transform is not None:
            image = self.transform(image)
        return image, row["category"]


def write_idx(path: Path, values: Tensor) -> None:
    """Write a tensor of bytes as an IDX file, the format of MNIST and Fashion-MNIST.

    Four bytes say that bytes follow and how many dimensions there are, four more
    give the length of each dimension, then come the values.

    Args:
        path: Where to.
        values: Any shape, uint8.

    Raises:
        TypeError: If the values are not bytes.
    """
    if values.dtype != torch.uint8:
        raise TypeError(f"the values are {values.dtype}, wanted torch.uint8")
    sizes = struct.pack(f">{values.ndim}I", *values.shape)
    path.write_bytes(bytes([0, 0, 8, values.ndim]) + sizes + values.numpy().tobytes())
