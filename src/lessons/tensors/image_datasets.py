"""Image datasets: a folder of pictures, a table of labels, one picture at a time."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset


def write_digits(folder: Path, images: Tensor, labels: Tensor) -> None:
    """Save images as img/digit0.png, img/digit1.png, ... and a table, labels.csv.

    Args:
        folder: Where to; it is made if it is not there.
        images: Shape (N, height, width), ink from 0 (black) to 16 (white).
        labels: Shape (N,), whole numbers.
    """
    (folder / "img").mkdir(parents=True)
    pixels = (images / 16 * 255).round().to(torch.uint8)
    names = [f"img/digit{i}.png" for i in range(len(images))]
    for name, image in zip(names, pixels, strict=True):
        Image.fromarray(image.numpy()).save(folder / name)
    table = pd.DataFrame({"label": labels.tolist(), "image": names})
    table.to_csv(folder / "labels.csv", index=False)


def read_labels(folder: Path, csv_file: str) -> pd.DataFrame:
    """Read the table of a folder of images, and refuse one that cannot be right.

    Args:
        folder: The folder of the images.
        csv_file: In this folder, a table with the columns label and image, one row an
            image; the name of the image is relative to the folder.

    Returns:
        The table. No image has been opened.

    Raises:
        FileNotFoundError: If the CSV file, or an image that it names, is not there.
        ValueError: If a column is missing, a cell is empty, or there is no row.
    """
    if not (folder / csv_file).is_file():
        raise FileNotFoundError(f"{csv_file} is not there, wanted a CSV file of labels")
    table = pd.read_csv(folder / csv_file)
    for column in ("label", "image"):
        if column not in table:
            found = ", ".join(table.columns)
            raise ValueError(f"{csv_file} has no column {column!r}, only: {found}")
    if table.empty or table[["label", "image"]].isna().any(axis=None):
        raise ValueError(f"{csv_file} has an empty cell, or no row at all")
    for row, name in enumerate(table["image"]):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{csv_file}, row {row}: there is no file {name}")
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
                raise ValueError(f"{path.name}: mode {image.mode}, wanted 8-bit pixels")
            return image.convert("L")
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{path.name} is not a readable image") from error


class DigitFolder(Dataset[tuple[Image.Image | Tensor, int]]):
    """A dataset of the images in a folder, labelled by a CSV file in it.

    Attributes:
        folder: The folder.
        table: One row an image, with the columns label and image.
        transform: What each image goes through on its way out, or None.
    """

    def __init__(
        self,
        folder: str | Path,
        csv_file: str = "labels.csv",
        transform: Callable[[Image.Image], Image.Image | Tensor] | None = None,
    ) -> None:
        """Read the table; open no image.

        Raises:
            FileNotFoundError: If the CSV file, or an image it names, is not there.
            ValueError: If the table cannot be right.
        """
        self.folder = Path(folder)
        self.table = read_labels(self.folder, csv_file)
        self.transform = transform

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, index: int) -> tuple[Image.Image | Tensor, int]:
        image = open_grey(self.folder / self.table["image"].iloc[index])
        label = int(self.table["label"].iloc[index])
        if self.transform is None:
            return image, label
        return self.transform(image), label
