"""Files as NumPy and the library safetensors write them, which the readers of this package must read.

    python3 -m venv somewhere && somewhere/bin/pip install safetensors numpy
    somewhere/bin/python packages/nn/recorded/record-files.py

Every array is (arange(n) - 2) / 4 in its shape; of whole numbers arange(n) - 2, and its absolute value for those
without a sign.
"""

import os

import numpy as np
from safetensors.numpy import save_file

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "files")


def values(shape, dtype):
    dtype = np.dtype(dtype)
    plain = np.asarray((np.arange(int(np.prod(shape)), dtype=np.float64).reshape(shape) - 2) / 4)
    if dtype.kind in "iu":
        plain = np.trunc(plain * 4)
    if dtype.kind == "u":
        plain = np.abs(plain)
    return np.asarray(plain != 0 if dtype.kind == "b" else plain.astype(dtype))


def path(name):
    return os.path.join(FOLDER, name)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for dtype in ["<f2", "<f4", "<f8", ">f4", ">f8", "|u1", "|i1", "<i2", "<u2", ">i4", "<u4", "<i8", "<u8", "|b1"]:
        name = dtype.replace("<", "little-").replace(">", "big-").replace("|", "")
        np.save(path(name + ".npy"), values((2, 3), dtype))
    np.save(path("scalar.npy"), values((), "<f4"))
    np.save(path("vector.npy"), values((11,), "<f4"))
    np.save(path("four-axes.npy"), values((2, 1, 3, 2), "<f8"))
    np.save(path("fortran.npy"), np.asfortranarray(values((2, 3, 4), "<f4")))
    for version in [(2, 0), (3, 0)]:
        with open(path("version-%d.npy" % version[0]), "wb") as file:
            np.lib.format.write_array(file, values((2, 3), "<f4"), version=version)
    np.save(path("objects.npy"), np.array([{}, None], dtype=object), allow_pickle=True)
    np.save(path("records.npy"), np.zeros(2, dtype=[("a", "<f4"), ("b", "<i2")]))
    np.save(path("complex.npy"), np.zeros(2, dtype="<c8"))
    np.save(path("empty.npy"), np.zeros((0, 3), dtype="<f4"))
    arrays = {"0.weight": values((2, 1, 3, 3), "<f4"), "0.bias": values((2,), "<f8")}
    np.savez(path("stored.npz"), **arrays)
    np.savez_compressed(path("deflated.npz"), **arrays)
    save_file({"0.weight": arrays["0.weight"], "0.bias": arrays["0.bias"], "10": values((3,), "|u1"), "scalar": values((), "<f4")}, path("ours.safetensors"), metadata={"epoch": "7"})
    kinds = ["<f2", "<f4", "<f8", "|u1", "|i1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "|b1"]
    save_file({kind[1:]: values((2, 3), kind) for kind in kinds}, path("types.safetensors"))


main()
