"""Writes functions.json: values of functions of doubles by mpmath, as the nearest double and what it lacks."""

import json
import pathlib
import random

import mpmath
from mpmath import mp, mpf

mp.prec = 2400
draw = random.Random(20261121)


def spread(least, most):
    return draw.choice([-1, 1]) * 2 ** draw.uniform(least, most)


def positive(values):
    return [abs(value) for value in values]


def wide(least, most, count=12):
    return [spread(least, most) for _ in range(count)]


near_one = [1 + 2**-52, 1 - 2**-53, 1 + 2**-30, 0.9999, 1.5, 0.75, 2 / 3, 1.2]
# Angles next to a multiple of a quarter turn.
turns = [3.141592653589793, 1.5707963267948966, 355.0, 103993.0, 6.283185307179586, 14.137166941154069]
unary = {
    "sqrt": (mpmath.sqrt, positive(wide(-1022, 1023)) + [2.0, 3.0, 5e-324, 1e-310]),
    "exp": (mpmath.exp, wide(-70, 9.4) + [1.0, -1.0, 709.7, -708.3, -744.0, 88.5, 2**-60, 0.6931471805599453]),
    "log": (mpmath.log, positive(wide(-1022, 1023)) + near_one + [2.0, 10.0, 5e-324]),
    "sin": (mpmath.sin, wide(-70, 13) + turns + [1.0, 8192.0, 2**-61, 2**-59]),
    "cos": (mpmath.cos, wide(-70, 13) + turns + [1.0, 8192.0]),
    "tanh": (mpmath.tanh, wide(-70, 8) + [1.0, 19.0, 22.0, 2**-61, 2**-59, 127.5, 130.0]),
}
pairs = [[spread(-500, 500), spread(-500, 500)] for _ in range(12)]
angles = pairs + [[spread(-4, 4), spread(-4, 4)] for _ in range(12)] + [[1.0, 1.0], [-1.0, -1.0], [1.0, 2**60], [2**60, 1.0], [2**-60, -1.0], [3.0, 0.0], [-3.0, 0.0]]
powers = [[abs(spread(-8, 8)), spread(-4, 5)] for _ in range(12)] + [[1.5, 2.5], [2.0, 0.5], [-3.0, 5.0], [-3.0, 4.0], [-0.5, -7.0], [1 + 2**-52, 2.0**60], [10.0, 300.0], [1e-300, 1.02], [3.0, -1.0]]
binary = {
    "add": (lambda a, b: a + b, pairs + [[1.0, 2**-60], [2**1023, -(2**-1022)], [0.1, 0.2]]),
    "sub": (lambda a, b: a - b, pairs + [[1.0, 1 - 2**-53], [0.3, 0.1]]),
    "mul": (lambda a, b: a * b, pairs + [[0.1, 0.2], [1 / 3, 3.0]]),
    "div": (lambda a, b: a / b, pairs + [[1.0, 3.0], [2.0, 0.1], [1e308, 7.0]]),
    "pow": (lambda a, b: mpmath.power(a, b), powers),
    "atan2": (mpmath.atan2, angles),
}


def recorded(function, operands):
    operands = [float(each) for each in operands]
    exact = function(*[mpf(each) for each in operands])
    nearest = float(exact)
    return [*operands, nearest, float(exact - mpf(nearest))]


table = {name: [recorded(function, [x]) for x in points] for name, (function, points) in unary.items()}
table.update({name: [recorded(function, point) for point in points] for name, (function, points) in binary.items()})
lines = ",\n".join(f' "{name}": [\n' + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n ]" for name, rows in table.items())
path = pathlib.Path(__file__).with_name("functions.json")
path.write_text(f'{{\n "mpmath": "{mpmath.__version__}",\n{lines}\n}}\n')
