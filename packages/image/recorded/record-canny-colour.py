"""Records what OpenCV's Canny finds in the photograph in colour, for apps/cli/src/canny/recorded.test.ts.

    python3 packages/image/recorded/record-canny-colour.py

The photograph is decoded by sharp, as the test decodes it, so that decoders of JPEG make no difference.
README.md, beside this file, says with which versions.
"""

import subprocess
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "canny-colour"
CLI = HERE.parents[2] / "apps/cli"
PHOTOGRAPH = CLI / "assets/alpine-landscape.jpg"

# low, high
THRESHOLDS = [(50, 150), (100, 200), (300, 900)]

DECODE = """
import sharp from 'sharp';
const { data, info } = await sharp(process.argv[1]).autoOrient().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
process.stdout.write(Buffer.concat([Buffer.from(Uint32Array.of(info.height, info.width, info.channels).buffer), data]));
"""


def decoded():
    command = ["node", "--input-type=module", "-e", DECODE, str(PHOTOGRAPH)]
    found = subprocess.run(command, cwd=CLI, check=True, capture_output=True).stdout
    height, width, channels = np.frombuffer(found[:12], np.uint32)
    return np.frombuffer(found[12:], np.uint8).reshape(height, width, channels)


def main():
    cv2.setNumThreads(1)
    FOLDER.mkdir(exist_ok=True)
    grey = cv2.cvtColor(decoded(), cv2.COLOR_RGB2GRAY)
    print(f"OpenCV {cv2.__version__}, NumPy {np.__version__}")
    for low, high in THRESHOLDS:
        found = cv2.Canny(grey, low, high)
        file = f"edges-{low}-{high}.png"
        cv2.imwrite(str(FOLDER / file), found, [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9])
        print(f"{file}: {np.count_nonzero(found)} elements")


main()
