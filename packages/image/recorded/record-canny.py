"""Records what OpenCV's Canny finds, for packages/image/src/edges/canny-recorded.test.ts.

    python3 packages/image/recorded/record-canny.py               # the edges of the grey photograph that is there
    python3 packages/image/recorded/record-canny.py --photograph  # the grey photograph anew, then its edges

README.md, beside this file, says with which versions, and what the files hold.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "canny"
PHOTOGRAPH = HERE.parents[2] / "apps/cli/assets/alpine-landscape.jpg"
GREY = FOLDER / "alpine-landscape.png"
SMALL = FOLDER / "small-pictures.txt"

# low, high, aperture, L2gradient
ON_THE_PHOTOGRAPH = [
    (50, 150, 3, False),
    (50, 150, 3, True),
    (100, 200, 3, False),
    (100, 200, 3, True),
    (0, 0, 3, False),
    (70.5, 141.4, 3, True),
    (500, 1500, 5, False),
    (500, 1500, 5, True),
    (1000.25, 2500, 5, False),
    (1000.25, 2500, 5, True),
]

# Every side from 1 to 9, few grey levels: neighbours tie, and every element is near a border.
SMALL_PICTURES = 120
LEVELS = [[0, 1], [0, 255], [0, 10, 20, 30], list(range(256))]


def shrunk_photograph():
    grey = cv2.imread(str(PHOTOGRAPH), cv2.IMREAD_GRAYSCALE)
    return cv2.resize(grey, (400, round(400 * grey.shape[0] / grey.shape[1])), interpolation=cv2.INTER_AREA)


def small_pictures():
    random = np.random.RandomState(1986)
    for number in range(SMALL_PICTURES):
        height, width = (int(side) for side in random.randint(1, 10, 2))
        levels = LEVELS[number % len(LEVELS)]
        yield random.choice(levels, (height, width)).astype(np.uint8)


def edges(picture, low, high, aperture, l2):
    return cv2.Canny(picture, low, high, apertureSize=aperture, L2gradient=l2)


def norm(l2):
    return "L2" if l2 else "L1"


def record_photograph():
    picture = cv2.imread(str(GREY), cv2.IMREAD_GRAYSCALE)
    for old in FOLDER.glob("edges-*.png"):
        old.unlink()
    for low, high, aperture, l2 in ON_THE_PHOTOGRAPH:
        found = edges(picture, low, high, aperture, l2)
        file = f"edges-{aperture}-{norm(l2)}-{low}-{high}.png"
        cv2.imwrite(str(FOLDER / file), found, [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9])
        print(f"{file}: {np.count_nonzero(found)} elements")


def record_small(pictures):
    random = np.random.RandomState(1991)
    lines = []
    for picture in pictures:
        lines.append("picture " + "|".join(bytes(row).hex() for row in picture))
        contrast = int(picture.max()) - int(picture.min())
        for aperture, reach in ((3, 4), (5, 48)):
            for l2 in (False, True):
                low, high = sorted(int(each) for each in random.randint(0, max(2, reach * contrast // 2), 2))
                found = edges(picture, low, high, aperture, l2)
                drawn = "|".join("".join("#" if each else "." for each in row) for row in found)
                lines.append(f"edges {aperture} {norm(l2)} {low} {high} {drawn}")
    SMALL.write_text("\n".join(lines) + "\n")


def main():
    cv2.setNumThreads(1)
    FOLDER.mkdir(exist_ok=True)
    if "--photograph" in sys.argv[1:] or not GREY.exists():
        cv2.imwrite(str(GREY), shrunk_photograph(), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    print(f"OpenCV {cv2.__version__}, NumPy {np.__version__}")
    record_photograph()
    record_small(small_pictures())


main()
