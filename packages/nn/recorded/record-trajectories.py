"""Trajectories of optimisers: what PyTorch does, and what the published formulas give in plain float64 arithmetic.

    apt-get install python3-torch
    /usr/bin/python3 packages/nn/recorded/record-trajectories.py

The loss of the parameters p (two numbers) and q (one) is

    f(p, q) = (p0 q - 1)^2 + 3 (p1 - 2)^2 + p0^2 / 2

A second run gives the same file, byte for byte. It fails where the two disagree by more than 1e-13.
"""

import json
import math
import os

import torch

STEPS = 40
START = [0.7, -1.5, 1.2]

CASES = [
    {"name": "sgd", "optimiser": {"kind": "sgd", "rate": 0.03}},
    {"name": "sgd, momentum", "optimiser": {"kind": "sgd", "rate": 0.02, "momentum": 0.9}},
    {"name": "sgd, momentum, dampening", "optimiser": {"kind": "sgd", "rate": 0.02, "momentum": 0.9, "dampening": 0.3}},
    {"name": "sgd, Nesterov", "optimiser": {"kind": "sgd", "rate": 0.02, "momentum": 0.9, "nesterov": True}},
    {"name": "sgd, Nesterov, weight decay", "optimiser": {"kind": "sgd", "rate": 0.02, "momentum": 0.8, "nesterov": True, "weightDecay": 0.1}},
    {"name": "adam", "optimiser": {"kind": "adam"}},
    {"name": "adam, large rate", "optimiser": {"kind": "adam", "rate": 0.1}},
    {"name": "adam, other settings", "optimiser": {"kind": "adam", "rate": 0.1, "betas": [0.8, 0.95], "epsilon": 0.001, "weightDecay": 0.05}},
    {"name": "adamW", "optimiser": {"kind": "adamW"}},
    {"name": "adamW, other settings", "optimiser": {"kind": "adamW", "rate": 0.1, "weightDecay": 0.2}},
    {"name": "rmsProp", "optimiser": {"kind": "rmsProp"}},
    {"name": "rmsProp, momentum, weight decay", "optimiser": {"kind": "rmsProp", "rate": 0.01, "alpha": 0.9, "momentum": 0.5, "weightDecay": 0.1}},
    {"name": "rmsProp, centred", "optimiser": {"kind": "rmsProp", "rate": 0.01, "alpha": 0.9, "epsilon": 0.01, "centred": True}},
    {"name": "step schedule", "optimiser": {"kind": "sgd", "rate": 0.05}, "schedule": {"kind": "step", "every": 7, "factor": 0.5}},
    {"name": "exponential schedule", "optimiser": {"kind": "sgd", "rate": 0.05, "momentum": 0.5}, "schedule": {"kind": "exponential", "factor": 0.9}},
    {"name": "cosine schedule", "optimiser": {"kind": "adam", "rate": 0.1}, "schedule": {"kind": "cosine", "steps": 40, "lowest": 0.01}},
    {"name": "warm-up", "optimiser": {"kind": "sgd", "rate": 0.05}, "schedule": {"kind": "warmUp", "steps": 8, "from": 0.25}},
    {"name": "clipping by value", "optimiser": {"kind": "sgd", "rate": 0.05, "momentum": 0.5}, "clip": {"value": 1.5}},
    {"name": "clipping by norm", "optimiser": {"kind": "sgd", "rate": 0.05, "momentum": 0.5}, "clip": {"norm": 2.0}},
]

RATES = {"adam": 0.001, "adamW": 0.001, "rmsProp": 0.01}


def rate_of(case, t):
    rate = case["optimiser"].get("rate", RATES.get(case["optimiser"]["kind"]))
    schedule = case.get("schedule", {"kind": "constant"})
    kind = schedule["kind"]
    if kind == "step":
        return rate * schedule["factor"] ** (t // schedule["every"])
    if kind == "exponential":
        return rate * schedule["factor"] ** t
    if kind == "cosine":
        return schedule["lowest"] + (rate - schedule["lowest"]) * (1 + math.cos(math.pi * t / schedule["steps"])) / 2
    if kind == "warmUp":
        return rate * (schedule["from"] + (1 - schedule["from"]) * min(t, schedule["steps"]) / schedule["steps"])
    return rate


def gradient(x):
    p0, p1, q = x
    return [2 * (p0 * q - 1) * q + p0, 6 * (p1 - 2), 2 * (p0 * q - 1) * p0]


def clipped(g, clip):
    if "value" in clip:
        return [max(-clip["value"], min(clip["value"], each)) for each in g]
    if "norm" in clip:
        norm = math.sqrt(sum(each * each for each in g))
        return [each * min(1.0, clip["norm"] / (norm + 1e-6)) for each in g]
    return g


def plain(case):
    """The published formulas, one element at a time."""
    o = case["optimiser"]
    kind = o["kind"]
    x = list(START)
    first, second, third = [0.0] * 3, [0.0] * 3, [0.0] * 3
    path = []
    for t in range(1, STEPS + 1):
        rate = rate_of(case, t - 1)
        g = clipped(gradient(x), case.get("clip", {}))
        decay = o.get("weightDecay", 0.01 if kind == "adamW" else 0.0)
        for i in range(3):
            gi = g[i] if kind == "adamW" else g[i] + decay * x[i]
            if kind == "sgd":
                momentum = o.get("momentum", 0.0)
                first[i] = gi if t == 1 else momentum * first[i] + (1 - o.get("dampening", 0.0)) * gi
                step = gi + momentum * first[i] if o.get("nesterov") else first[i] if momentum else gi
                x[i] -= rate * step
            elif kind in ("adam", "adamW"):
                b1, b2 = o.get("betas", [0.9, 0.999])
                if kind == "adamW":
                    x[i] *= 1 - rate * decay
                first[i] = b1 * first[i] + (1 - b1) * gi
                second[i] = b2 * second[i] + (1 - b2) * gi * gi
                x[i] -= rate * (first[i] / (1 - b1**t)) / (math.sqrt(second[i] / (1 - b2**t)) + o.get("epsilon", 1e-8))
            else:
                alpha = o.get("alpha", 0.99)
                second[i] = alpha * second[i] + (1 - alpha) * gi * gi
                spread = second[i]
                if o.get("centred"):
                    first[i] = alpha * first[i] + (1 - alpha) * gi
                    spread -= first[i] ** 2
                step = gi / (math.sqrt(spread) + o.get("epsilon", 1e-8))
                third[i] = o.get("momentum", 0.0) * third[i] + step
                x[i] -= rate * third[i]
        path.append(list(x))
    return path


def torch_optimiser(o, parameters):
    rate = o.get("rate", RATES.get(o["kind"]))
    if o["kind"] == "sgd":
        return torch.optim.SGD(parameters, lr=rate, momentum=o.get("momentum", 0), dampening=o.get("dampening", 0), nesterov=o.get("nesterov", False), weight_decay=o.get("weightDecay", 0))
    named = {"betas": "betas", "epsilon": "eps", "weightDecay": "weight_decay", "alpha": "alpha", "momentum": "momentum", "centred": "centered", "rate": "lr"}
    given = {named[key]: value for key, value in o.items() if key != "kind"}
    return {"adam": torch.optim.Adam, "adamW": torch.optim.AdamW, "rmsProp": torch.optim.RMSprop}[o["kind"]](parameters, **given)


def torch_schedule(schedule, optimiser):
    kind = schedule["kind"]
    if kind == "step":
        return torch.optim.lr_scheduler.StepLR(optimiser, schedule["every"], schedule["factor"])
    if kind == "exponential":
        return torch.optim.lr_scheduler.ExponentialLR(optimiser, schedule["factor"])
    if kind == "cosine":
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, schedule["steps"], schedule["lowest"])
    return torch.optim.lr_scheduler.LinearLR(optimiser, schedule["from"], 1.0, schedule["steps"])


def by_torch(case):
    p = torch.tensor(START[:2], dtype=torch.float64, requires_grad=True)
    q = torch.tensor(START[2:], dtype=torch.float64, requires_grad=True)
    optimiser = torch_optimiser(case["optimiser"], [p, q])
    schedule = torch_schedule(case["schedule"], optimiser) if "schedule" in case else None
    clip = case.get("clip", {})
    path = []
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = (p[0] * q[0] - 1) ** 2 + 3 * (p[1] - 2) ** 2 + p[0] ** 2 / 2
        loss.backward()
        if "value" in clip:
            torch.nn.utils.clip_grad_value_([p, q], clip["value"])
        if "norm" in clip:
            torch.nn.utils.clip_grad_norm_([p, q], clip["norm"])
        optimiser.step()
        if schedule is not None:
            schedule.step()
        path.append([*p.tolist(), *q.tolist()])
    return path


def main():
    cases = []
    for case in CASES:
        formulas, recorded = plain(case), by_torch(case)
        worst = max(abs(a - b) for x, y in zip(formulas, recorded) for a, b in zip(x, y))
        assert worst < 1e-13, (case["name"], worst)
        cases.append({**case, "formulas": formulas, "pytorch": recorded})
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = '{"about": "Parameters after each step, by record-trajectories.py.", "pytorch": %s, "start": %s, "cases": [\n%s\n]}\n' % (json.dumps(torch.__version__), json.dumps(START), lines)
    with open(os.path.join(os.path.dirname(__file__), "trajectories.json"), "w") as file:
        file.write(text)


main()
