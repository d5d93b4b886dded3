"""Writes numpy-arrays.txt: files as NumPy makes them, a line each.

Read: descr, version of the format, order (C or F), shape, values in row-major order, the file in base64.
Refused: "refused", what it holds, the file in base64.

    python3 numpy-arrays.py > numpy-arrays.txt
"""
import base64
import io

import numpy

ranges = {"b1": [0, 1], "f2": [-2.5, 65504.0, 6e-8, 0.5], "f4": [-1e30, 0.1, 3.5], "f8": [-1e300, 0.1, 5e-324]}


def extremes(kind):
    if kind in ranges:
        return ranges[kind]
    info = numpy.iinfo(kind)
    return [info.min, info.max, 7]


def encoded(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version, allow_pickle=True)
    return base64.b64encode(file.getvalue()).decode()


def line(array, version):
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    values = ",".join(repr(float(value)) for value in array.ravel(order="C"))
    shape = ",".join(str(size) for size in array.shape)
    major = version[0] if version else 1
    print(array.dtype.str, f"{major}.0", order, shape, values, encoded(array, version))


print(f"# made by numpy-arrays.py with NumPy {numpy.__version__}")
for kind in ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
    values = (extremes(kind) * 6)[:6]
    for order in ["<", ">"] if kind[1] != "1" else ["|"]:
        array = numpy.array(values, dtype=kind).reshape(2, 3).astype(order + kind)
        line(array, None)
        line(numpy.asfortranarray(array), None)
small = numpy.arange(6, dtype="<f4").reshape(3, 2)
for version in [(1, 0), (2, 0), (3, 0)]:
    line(small, version)
    line(numpy.asfortranarray(small), version)
line(numpy.asfortranarray(numpy.arange(24, dtype="<i2").reshape(2, 3, 4)), None)
line(numpy.arange(3, dtype="<f8"), None)

print("refused", "Python objects", encoded(numpy.array([[1, None]], dtype=object)))
print("refused", "complex numbers", encoded(numpy.array([[1 + 2j]])))
print("refused", "texts", encoded(numpy.array([["a"]])))
print("refused", "texts", encoded(numpy.array([[b"a"]])))
print("refused", "dates", encoded(numpy.array([["2020-01-01"]], dtype="M8[D]")))
print("refused", "durations", encoded(numpy.array([[1]], dtype="m8[s]")))
print("refused", "raw records", encoded(numpy.zeros((1, 1), dtype="V3")))
print("refused", "floating-point numbers of another size", encoded(numpy.ones((1, 1), dtype=numpy.longdouble)))
print("refused", "named fields", encoded(numpy.zeros((1, 2), dtype=[("a", "<i4"), ("b", "<f4")])))
