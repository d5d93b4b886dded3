"""PyTorch or OpenCV, asked by the benchmark: a line of JSON with the floats that follow it, and the same back."""

import json
import sys
import time

import numpy

library = sys.argv[1]
if library == "torch":
    import torch
    from torch.nn.functional import conv2d, relu

    torch.set_num_threads(1)
else:
    import cv2

    cv2.setNumThreads(1)


class Filter:
    """OpenCV's filters, with mirrored borders besides what the others give."""

    def __init__(self, settings, arrays):
        self.settings = settings
        self.shape = (settings["height"], settings["width"])
        self.kernel = (settings["kernelHeight"], settings["kernelWidth"])
        self.taps = arrays["taps"].reshape(self.kernel)
        self.row, self.column = arrays.get("row"), arrays.get("column")
        self.filtered = numpy.empty(self.shape, numpy.float32)

    def feed(self, image, target):
        self.image = image.reshape(self.shape)

    def run(self):
        anchor = (self.kernel[1] // 2, self.kernel[0] // 2)
        if self.row is None:
            cv2.filter2D(self.image, cv2.CV_32F, self.taps, dst=self.filtered, anchor=anchor, borderType=cv2.BORDER_REFLECT_101)
        else:
            cv2.sepFilter2D(self.image, cv2.CV_32F, self.row, self.column, dst=self.filtered, anchor=anchor, borderType=cv2.BORDER_REFLECT_101)

    def result(self):
        top, left = self.kernel[0] // 2, self.kernel[1] // 2
        rows, columns = self.shape[0] - self.kernel[0] + 1, self.shape[1] - self.kernel[1] + 1
        return self.filtered[top : top + rows, left : left + columns]


class Mapping:
    """PyTorch's correlations, one after the other."""

    def __init__(self, shape, kernels, stride=1, padding=0):
        self.shape, self.kernels, self.stride, self.padding = shape, kernels, stride, padding

    def feed(self, image, target):
        self.image = torch.from_numpy(image).reshape(self.shape)

    def run(self):
        with torch.inference_mode():
            self.mapped = self.image
            for kernel in self.kernels:
                self.mapped = conv2d(self.mapped, kernel, stride=self.stride, padding=self.padding)

    def result(self):
        return self.mapped.contiguous().numpy()


class Training:
    """Steps against the gradient; each gives its loss as a number."""

    def __init__(self, image, target, parameters, loss_of, rate, steps):
        self.image_shape, self.target_shape = image, target
        self.parameters = [parameter.clone().requires_grad_(True) for parameter in parameters]
        self.loss_of, self.rate, self.steps = loss_of, rate, steps

    def feed(self, image, target):
        self.image = torch.from_numpy(image).reshape(self.image_shape)
        self.target = torch.from_numpy(target).reshape(self.target_shape)

    def run(self):
        self.losses = []
        for _ in range(self.steps):
            loss = self.loss_of(self.parameters, self.image, self.target)
            for parameter in self.parameters:
                parameter.grad = None
            loss.backward()
            with torch.no_grad():
                for parameter in self.parameters:
                    parameter.sub_(self.rate * parameter.grad)
            self.losses.append(loss.item())

    def result(self):
        values = [parameter.detach().numpy().ravel() for parameter in self.parameters]
        return numpy.concatenate([numpy.asarray(self.losses, numpy.float32), *values])


def torch_job(settings, arrays):
    tensor = lambda name, *shape: torch.from_numpy(arrays[name].copy()).reshape(shape)
    kind = settings["kind"]
    if kind == "filter":
        height, width = settings["kernelHeight"], settings["kernelWidth"]
        kernels = [tensor("taps", 1, 1, height, width)]
        if "row" in arrays:
            kernels = [tensor("row", 1, 1, 1, width), tensor("column", 1, 1, height, 1)]
        return Mapping((1, 1, settings["height"], settings["width"]), kernels)
    if kind == "layer":
        weights = tensor("weights", settings["features"], settings["channels"], settings["kernel"], settings["kernel"])
        shape = (settings["batch"], settings["channels"], settings["height"], settings["width"])
        return Mapping(shape, [weights], settings["stride"], settings["padding"])
    if kind == "learn-kernel":
        height, width = settings["kernelHeight"], settings["kernelWidth"]
        gather = torch.sum if settings["loss"] == "sum" else torch.mean
        return Training(
            (1, 1, settings["height"], settings["width"]),
            (1, 1, settings["height"] - height + 1, settings["width"] - width + 1),
            [tensor("initial", 1, 1, height, width)],
            lambda parameters, x, y: gather((conv2d(x, parameters[0]) - y) ** 2),
            settings["rate"],
            settings["steps"],
        )
    shape = (settings["batch"], 1, settings["height"], settings["width"])
    return Training(
        shape,
        shape,
        [tensor("first", settings["features"], 1, 3, 3), tensor("second", 1, settings["features"], 3, 3)],
        lambda parameters, x, y: torch.mean((conv2d(relu(conv2d(x, parameters[0], padding=1)), parameters[1], padding=1) - y) ** 2),
        settings["rate"],
        1,
    )


jobs = {}


def answer(header, arrays):
    """What is asked, answered: a header, and an array or none."""
    question, job = header["question"], header.get("job")
    if question == "open":
        return {"version": torch.__version__ if library == "torch" else cv2.__version__}, None
    if question == "prepare":
        if library == "cv2" and header["kind"] != "filter":
            return {"cannot": "OpenCV has filters, and neither layers nor gradients"}, None
        jobs[job] = Filter(header, arrays) if library == "cv2" else torch_job(header, arrays)
    elif question == "feed":
        jobs[job].feed(arrays["image"], arrays["target"])
    elif question == "run":
        start = time.perf_counter()
        for _ in range(header["count"]):
            jobs[job].run()
        return {"milliseconds": 1e3 * (time.perf_counter() - start)}, None
    elif question == "result":
        return {}, numpy.ascontiguousarray(jobs[job].result(), numpy.float32)
    elif question == "dispose":
        jobs.pop(job, None)
    return {}, None


while line := sys.stdin.buffer.readline():
    asked = json.loads(line)
    given = {}
    for array in asked["arrays"]:
        # Arrays that can be written to, as PyTorch wants them.
        given[array["name"]] = numpy.frombuffer(bytearray(sys.stdin.buffer.read(4 * array["length"])), numpy.float32)
    try:
        told, values = answer(asked, given)
    except Exception as error:
        told, values = {"error": f"{type(error).__name__}: {error}"}, None
    told["arrays"] = [] if values is None else [{"name": "result", "length": values.size}]
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    if values is not None:
        sys.stdout.buffer.write(values.tobytes())
    sys.stdout.buffer.flush()
