#!/usr/bin/env python3
"""Times UniNet in Python: the table of `uninet bench` beside an installed PyTorch and torchattacks.

    pip install torch torchattacks              # torchattacks may be missing: its column is empty
    uninet convert CHECKPOINT network.pth
    bench_python.py --weights network.pth       # --json; without --weights: full width, untrained
    bench_python.py --device cuda               # on a card

Whether it computes the same network as the program:

    uninet predict --checkpoint CHECKPOINT --input PICTURE --raw --out out
    bench_python.py --weights network.pth --check out/PICTURE/raw.safetensors

The network is in uninet_torch.py. Exit code 1: the check failed; 2: the input cannot be used.
"""

import argparse
import copy
import json
import math
import platform
import re
import struct
import sys
import time


def refuse(sentence):
    """Ends the script over an input that it cannot use."""
    print(f"bench_python.py: {sentence}", file=sys.stderr)
    sys.exit(2)


try:
    import torch
    import torch.nn.functional as F
    from torch import nn

    sys.dont_write_bytecode = True  # no __pycache__ among the scripts
    from uninet_torch import Unusable, fold, load, untrained
except ImportError as error:
    refuse(f"PyTorch cannot be imported ({error}); try: pip install torch torchattacks")

try:
    import torchattacks
except ImportError:
    torchattacks = None

MEAN = (0.28689554, 0.32513303, 0.28389177)
STD = (0.18696375, 0.19017339, 0.18720214)
CHECK_LIMIT = 1e-3  # of the largest value of an output; rounding is some 1e-5


def read_safetensors(file):
    types = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "I64": torch.int64}
    try:
        with open(file, "rb") as stream:
            data = bytearray(stream.read())
        start = 8 + struct.unpack_from("<Q", data)[0]
        tensors = {}
        for name, entry in json.loads(data[8:start]).items():
            if name != "__metadata__":
                tensors[name] = torch.frombuffer(
                    data, dtype=types[entry["dtype"]], count=math.prod(entry["shape"]),
                    offset=start + entry["data_offsets"][0]).reshape(entry["shape"])
        return tensors
    except OSError as error:
        refuse(f"{file}: cannot be read: {error.strerror}")
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, struct.error):
        refuse(f"{file}: this is no .safetensors; make one with: uninet predict --raw")


def size_of(text):
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    size = tuple(int(part) for part in match.groups()) if match else (0, 0)
    if any(n < 128 or n % 32 for n in size):
        refuse(f"--size {text}: expected height x width as in 512x1024, both divisible by 32 and "
               "at least 128")
    return size


# The check


def check(network, file):
    """Prints the greatest difference of each output; whether all are at rounding level."""
    program = read_safetensors(file)
    image = program.get("input")
    if image is None or image.dim() != 4 or image.shape[1] != 3 or any(
            n % 32 for n in image.shape[2:]):
        refuse(f"{file}: there is no input; make it with: uninet predict --raw")
    fast = fold(network).to(memory_format=torch.channels_last)
    with torch.inference_mode():
        plain = network(image, network.tasks)
        folded = fast(image.contiguous(memory_format=torch.channels_last), network.tasks)
    found = []
    print(f"{'greatest difference of':24} {'plain':>10} {'folded':>10} {'relative':>10}")
    for name, mine in plain.items():
        theirs = program.get(name)
        if theirs is None or theirs.shape != mine.shape:
            refuse(f"{file}: {name} is missing or of another size: it is of another network")
        differences = torch.stack([(out - theirs).abs().max() for out in (mine, folded[name])])
        found.append(differences.max() / theirs.abs().max().clamp_min(1e-30))
        print(f"{name:24} {differences[0]:10.2e} {differences[1]:10.2e} {found[-1]:10.2e}")
    worst = torch.stack(found).max()  # unlike Python's max() it keeps a NaN
    passed = bool(worst <= CHECK_LIMIT)
    print(f"{'the same network' if passed else 'NOT the same network'}: greatest relative "
          f"difference {worst:.1e}, limit {CHECK_LIMIT:.0e}")
    return passed


# The times


def least_of(ways, rounds):
    """Runs each way once, then all in turn; the least seconds of each, as `uninet bench` does."""
    least = {}
    for turn in range(-1, rounds):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            if torch.cuda.is_initialized():
                torch.cuda.synchronize()
            took = time.perf_counter() - start
            if turn >= 0:
                least[name] = min(took, least.get(name, took))
    return least


class SegmentationOnly(nn.Module):
    """torchattacks takes the cross entropy of what its model returns: here of the segmentation."""

    def __init__(self, network, normalise):
        super().__init__()
        self.network, self.normalise = network, normalise

    def forward(self, image):
        return self.network(self.normalise(image), self.network.tasks)["segment"]


class Bench:
    COLUMNS = ("plain", "torchattacks", "frozen", "channels_last", "folded", "bfloat16")

    def __init__(self, network, size, rounds, bfloat16, device):
        network = network.to(device)
        self.network, self.rounds, self.bfloat16 = network, rounds, bfloat16
        self.device = device
        self.frozen = copy.deepcopy(network).requires_grad_(False)
        self.last = copy.deepcopy(self.frozen).to(memory_format=torch.channels_last)
        self.folded = fold(self.frozen).to(memory_format=torch.channels_last)
        random = torch.Generator().manual_seed(1)
        self.image = torch.rand(1, 3, *size, generator=random).to(device)
        self.image_last = self.image.contiguous(memory_format=torch.channels_last)
        head = network.head["seg_head"] if "segment" in network.tasks else None
        classes = head.final_conv.out_channels if head else 1
        self.labels = torch.randint(classes, (1, *size), generator=random).to(device)
        self.depths = torch.rand(1, 1, *size, generator=random).to(device)
        self.mean, self.std = (torch.tensor(v, device=device).reshape(1, 3, 1, 1)
                               for v in (MEAN, STD))

    def normalise(self, image):
        return (image - self.mean) / self.std

    def loss(self, out, wanted):
        losses = []
        if "segment" in wanted:
            losses.append(F.cross_entropy(out["segment"].float(), self.labels))
        if "depth" in wanted:
            losses.append(F.mse_loss(out["depth"].float(), self.depths).sqrt())
        return sum(losses)

    def gradient(self, network, image, computed, wanted, weights=(), half=False):
        """`computed`: tasks that are evaluated; `wanted`: those whose loss is raised."""
        image = image.clone(memory_format=torch.preserve_format).requires_grad_(True)
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=half):
            loss = self.loss(network(self.normalise(image), computed), wanted)
        torch.autograd.grad(loss, [image, *weights], allow_unused=True)

    def predict(self, network, image, half=False):
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=half):
            network(self.normalise(image), self.network.tasks)

    def attack(self, steps):
        model = SegmentationOnly(self.frozen, self.normalise).eval()
        return torchattacks.PGD(model, eps=2 / 255, alpha=1 / 255, steps=steps, random_start=False)

    def iteration(self, wanted):
        every, weights = self.network.tasks, list(self.network.parameters())
        ways = {
            "plain": lambda: self.gradient(self.network, self.image, every, wanted, weights),
            "frozen": lambda: self.gradient(self.frozen, self.image, every, wanted),
            "channels_last": lambda: self.gradient(self.last, self.image_last, wanted, wanted),
            "folded": lambda: self.gradient(self.folded, self.image_last, wanted, wanted)}
        if self.bfloat16:
            ways["bfloat16"] = lambda: self.gradient(self.folded, self.image_last, wanted, wanted,
                                                     half=True)
        if torchattacks and wanted == ("segment",):
            one, two = self.attack(1), self.attack(2)
            ways["one"] = lambda: one(self.image, self.labels)
            ways["two"] = lambda: two(self.image, self.labels)
        least = least_of(ways, self.rounds)
        if "two" in least:
            # Two steps less one leave one iteration, without what comes before and after the loop.
            least["torchattacks"] = least.pop("two") - least.pop("one")
        return least

    def prediction(self):
        ways = {"plain": lambda: self.predict(self.network, self.image),
                "channels_last": lambda: self.predict(self.last, self.image_last),
                "folded": lambda: self.predict(self.folded, self.image_last)}
        if self.bfloat16:
            ways["bfloat16"] = lambda: self.predict(self.folded, self.image_last, half=True)
        with torch.inference_mode():
            return least_of(ways, self.rounds)

    def rows(self):
        for name, wanted in (("PGD, seg", ("segment",)), ("PGD, depth", ("depth",)),
                             ("PGD, seg + depth", ("segment", "depth"))):
            if all(task in self.network.tasks for task in wanted):
                yield name, self.iteration(wanted)
        yield "prediction, all tasks", self.prediction()


def processor():
    """Its name, and whether it computes in bfloat16 itself: elsewhere that is only slow."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:
            lines = [[part.strip() for part in line.split(":", 1)]
                     for line in stream if ":" in line]
    except OSError:
        lines = []
    facts = dict(reversed(lines))  # of the first core
    flags = facts.get("flags", "").split()
    return (facts.get("model name", platform.processor() or "unknown"),
            "avx512_bf16" in flags or "amx_bf16" in flags)


def bench(network, size, rounds, as_json, device):
    name, bfloat16 = processor()
    if device == "cuda":
        name, bfloat16 = torch.cuda.get_device_name(), torch.cuda.is_bf16_supported()
        torch.backends.cudnn.allow_tf32 = False  # float32, as the program computes
    found = []
    for row, seconds in Bench(network, size, rounds, bfloat16, device).rows():
        found.append({"name": row, **{f"{c}_seconds": seconds.get(c) for c in Bench.COLUMNS}})
        print(f"{row}: done", file=sys.stderr)
    report = {"torch": torch.__version__,
              "torchattacks": getattr(torchattacks, "__version__", None),
              "threads": torch.get_num_threads(), "processor": name,
              "instructions": torch.backends.cpu.get_cpu_capability(),
              "tasks": list(network.tasks), "width": network.width,
              "size": f"{size[0]}x{size[1]}", "rounds": rounds, "rows": found}
    if as_json:
        print(json.dumps(report, indent=1))
        return
    print(f"PyTorch {report['torch']} ({report['instructions']}), torchattacks "
          f"{report['torchattacks'] or 'not installed'}, {report['threads']} threads\n{name}\n"
          f"uninet ({','.join(network.tasks)}), width {network.width:g}, {report['size']}\n"
          f"Milliseconds, least of {rounds}. plain: all heads, gradients of weights, NCHW;\n"
          "torchattacks: an iteration of its PGD, all heads, with the step; frozen: all heads, "
          "only the\ngradient of the image; channels last: that, and only the branch that is "
          "needed; folded: that, and\nbatch norms in the convolutions; bfloat16: that under "
          "autocast, where the processor has it.\nThe loss is a plain cross entropy of random "
          "labels, and the RMSE of random depths: only for times.\n")
    titles = [column.replace("_", " ") for column in Bench.COLUMNS]
    print(f"{'':22}" + "".join(f"{title:>14}" for title in titles))
    for row in found:
        cells = [row[f"{column}_seconds"] for column in Bench.COLUMNS]
        print(f"{row['name']:22}" +
              "".join(f"{'-' if cell is None else f'{cell * 1e3:.0f}':>14}" for cell in cells))


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        refuse(f"{message}; see --help")


def main():
    parser = Arguments(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", help="state dict of uninet convert (default: five tasks of "
                        "full width, untrained, as in uninet bench)")
    parser.add_argument("--size", help="height x width (default: that of the weights, or 512x1024)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu",
                        help="what is timed (cpu)")
    parser.add_argument("--rounds", type=int, default=3, help="measured runs of each way (3)")
    parser.add_argument("--json", action="store_true", help="prints JSON")
    parser.add_argument("--check", metavar="RAW", help="compares with the raw.safetensors of "
                        "uninet predict --raw, and times nothing")
    arguments = parser.parse_args()
    if not 1 <= arguments.rounds <= 1000:
        refuse(f"--rounds {arguments.rounds}: expected 1 to 1000")
    if arguments.check and not arguments.weights:
        refuse("--check needs --weights")
    if arguments.device == "cuda" and not torch.cuda.is_available():
        refuse("--device cuda: PyTorch finds no card that it can use here")
    size = size_of(arguments.size) if arguments.size else None
    try:
        network, own_size = load(arguments.weights) if arguments.weights else (untrained(), None)
    except Unusable as error:
        refuse(error)
    if arguments.check:
        sys.exit(0 if check(network, arguments.check) else 1)
    bench(network, size or size_of(own_size or "512x1024"), arguments.rounds, arguments.json,
          arguments.device)


if __name__ == "__main__":
    main()
