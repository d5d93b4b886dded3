"""Records what NumPy gives for borders and SciPy for filters. See README.md."""

import json
from pathlib import Path

import numpy
import scipy
from scipy import ndimage

random = numpy.random.Generator(numpy.random.PCG64(20261122))
cases = []

# numpy.pad's word for each border, and scipy.ndimage's.
MODES = {'edge': 'nearest', 'reflect': 'mirror', 'symmetric': 'reflect', 'wrap': 'wrap'}


def drawn(*shape):
    """Multiples of 1/64 from -2 to 2: few digits, and exact in float32."""
    return random.integers(-128, 129, shape) / 64


def recorded(array):
    return {'shape': list(array.shape), 'data': [float(value) for value in array.flat]}


def record(operation, name, attributes, inputs, outputs, tolerance):
    cases.append(
        {
            'operation': operation,
            'id': name,
            'attributes': attributes,
            'inputs': {key: recorded(value) for key, value in inputs.items()},
            'outputs': {key: recorded(value) for key, value in outputs.items()},
            'tolerance': tolerance,
        }
    )


BORDERS = [
    ('a row', (5,), [3], [4]),
    ('rows and columns', (4, 5), [1, 2], [2, 0]),
    ('as large as the picture', (3, 4), [3, 4], [3, 4]),
    ('three times the picture', (2, 3), [6, 0], [1, 9]),
    ('one pixel', (1, 1), [2, 1], [0, 3]),
    ('a column', (4, 1), [1, 2], [5, 2]),
    ('three axes', (2, 3, 4), [0, 2, 1], [3, 0, 2]),
]

for mode in MODES:
    for name, shape, low, high in BORDERS:
        x = drawn(*shape)
        width = list(zip(low, high))
        y = numpy.pad(x, width, mode=mode)
        record('extend', f'{mode}, {name}', {'mode': mode, 'low': low, 'high': high}, {'x': x}, {'y': y}, 0)
        # Each element of the result is one of the picture: its gradient goes there.
        dy = drawn(*y.shape)
        dx = numpy.zeros(x.size)
        numpy.add.at(dx, numpy.pad(numpy.arange(x.size).reshape(shape), width, mode=mode).ravel(), dy.ravel())
        record('gradient of extend', f'{mode}, {name}', {'mode': mode, 'low': low, 'high': high}, {'x': x, 'dy': dy}, {'dx': dx.reshape(shape)}, 1e-6)

FILTERS = [
    ('3 x 3', (6, 7), (3, 3), [0, 0]),
    ('2 x 4, in its corner', (5, 8), (2, 4), [-1, 1]),
    ('larger than the picture', (3, 2), (5, 7), [0, 0]),
    ('one row, off the middle', (4, 6), (1, 5), [0, 2]),
]

for mode, word in MODES.items():
    for name, shape, taps, origin in FILTERS:
        x, w = drawn(*shape), drawn(*taps)
        y = ndimage.correlate(x, w, mode=word, origin=origin)
        record('filter', f'{mode}, {name}', {'mode': mode, 'origin': origin}, {'x': x, 'w': w}, {'y': y}, 1e-6)

about = {'library': 'NumPy, SciPy', 'version': f'{numpy.__version__}, {scipy.__version__}', 'licence': 'BSD-3-Clause', 'dtype': 'float64'}
lines = ',\n'.join(f'  {json.dumps(case, separators=(",", ":"))}' for case in cases)
Path(__file__).with_name('borders.json').write_text(f'{{\n"about": {json.dumps(about, separators=(",", ":"))},\n"cases": [\n{lines}\n]\n}}\n')
