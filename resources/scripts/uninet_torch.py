"""UniNet as plain modules of PyTorch, written a second time from its description: what
bench_python.py times and holds beside the program. The names of the modules are the keys of a
checkpoint, so load_state_dict(strict=True) takes what `uninet convert CHECKPOINT out.pth` writes.
"""

import copy
import json
import math
import os
import struct
import zipfile
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

TASKS = ("detect", "segment", "inst_seg", "depth", "inst_depth")


class Unusable(Exception):
    """A file that holds no UniNet; the message is one sentence."""


# The network. A batch norm is registered right behind its convolution: fold() goes by that order.


def conv(inputs, outputs, kernel, stride=1, bias=False):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=bias)


def conv_bn(inputs, outputs, kernel, stride=1):
    return nn.Sequential(conv(inputs, outputs, kernel, stride), nn.BatchNorm2d(outputs))


def conv_bn_relu(inputs, outputs, kernel, stride=1):
    return conv_bn(inputs, outputs, kernel, stride).append(nn.ReLU(inplace=True))


def slashed(name, inputs, outputs, kernel, stride=1):
    """Parts of the extra encoder have a slash in their names."""
    return [(f"{name}/conv", conv(inputs, outputs, kernel, stride)),
            (f"{name}/norm", nn.BatchNorm2d(outputs)),
            (f"{name}/relu", nn.ReLU(inplace=True))]


def relu(x):
    return F.relu(x, inplace=True)


def resize(x, size, mode="bilinear"):
    if x.shape[2:] == size:
        return x
    return F.interpolate(x, size, mode=mode, align_corners=False if mode == "bilinear" else None)


class Block(nn.Module):
    """Two 3 x 3 convolutions and a residual that the tree supplies."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = conv(outputs, outputs, 3), nn.BatchNorm2d(outputs)

    def forward(self, x, residual):
        y = relu(self.bn1(self.conv1(x)))
        return relu(self.bn2(self.conv2(y)) + residual)


class Root(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv, self.bn = conv(inputs, outputs, 1), nn.BatchNorm2d(outputs)

    def forward(self, parts):
        return relu(self.bn(self.conv(torch.cat(parts, 1))))


class Tree(nn.Module):
    """DLA's tree of depth 1. `more`: channels that are handed in for the root."""

    def __init__(self, inputs, outputs, stride, level_root=False, more=0):
        super().__init__()
        self.stride, self.level_root = stride, level_root
        self.tree1, self.tree2 = Block(inputs, outputs, stride), Block(outputs, outputs, 1)
        self.root = Root(2 * outputs + more + (inputs if level_root else 0), outputs)
        self.project = conv_bn(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, children=()):
        bottom = F.max_pool2d(x, 2, 2) if self.stride == 2 else x
        x1 = self.tree1(x, self.project(bottom))
        x2 = self.tree2(x1, x1)
        return self.root([x2, x1, *children] + ([bottom] if self.level_root else []))


class DeepTree(nn.Module):
    """DLA's tree of depth 2."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.tree1 = Tree(inputs, outputs, 2)
        self.tree2 = Tree(outputs, outputs, 1, more=inputs + outputs)
        # In the checkpoint, but nothing depends on its value, so it is not computed.
        self.project = conv_bn(inputs, outputs, 1)

    def forward(self, x):
        bottom = F.max_pool2d(x, 2, 2)
        x1 = self.tree1(x)
        return self.tree2(x1, (bottom, x1))


class Backbone(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.base_layer = conv_bn_relu(3, c(16), 7)
        self.level0 = conv_bn_relu(c(16), c(16), 3)
        self.level1 = conv_bn_relu(c(16), c(32), 3, 2)
        self.level2 = Tree(c(32), c(64), 2)
        self.level3 = DeepTree(c(64), c(128))
        self.level4 = DeepTree(c(128), c(256))
        self.level5 = Tree(c(256), c(512), 2, level_root=True)

    def forward(self, x):
        maps = [self.level2(self.level1(self.level0(self.base_layer(x))))]
        for level in (self.level3, self.level4, self.level5):
            maps.append(level(maps[-1]))
        return maps  # E2 to E5


class Osa(nn.Module):
    """Three convolutions, all of whose outputs are joined, and a gate for each channel."""

    def __init__(self, name, inputs, middle, outputs):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Sequential(OrderedDict(slashed(f"{name}_{i}", middle if i else inputs, middle, 3)))
            for i in range(3))
        self.concat = nn.Sequential(
            OrderedDict(slashed(f"{name}_concat", inputs + 3 * middle, outputs, 1)))
        self.ese = nn.ModuleDict({"fc": conv(outputs, outputs, 1, bias=True)})

    def forward(self, x):
        parts = [x]
        for layer in self.layers:
            parts.append(layer(parts[-1]))
        z = self.concat(torch.cat(parts, 1))
        return z * F.hardsigmoid(self.ese["fc"](z.mean((2, 3), keepdim=True)))


class ExtraEncoder(nn.Module):
    def __init__(self, c, released):
        super().__init__()
        self.released = released
        outputs = c(1024 if released else 512)
        if released:
            self.stem = nn.Sequential(OrderedDict(slashed("stem_1", c(512), c(64), 3, 2) +
                                                  slashed("stem_2", c(64), c(64), 3) +
                                                  slashed("stem_3", c(64), c(128), 3, 2)))
        first = c(128 if released else 512)
        self.stage2 = nn.ModuleDict({"OSA2_1": Osa("OSA2_1", first, c(64), outputs)})
        self.stage3 = nn.ModuleDict({"OSA3_1": Osa("OSA3_1", outputs, c(80), outputs)})

    def forward(self, x):
        x = self.stem(x) if self.released else F.max_pool2d(x, 3, 2, ceil_mode=True)
        e6 = self.stage2["OSA2_1"](x)
        return [e6, self.stage3["OSA3_1"](F.max_pool2d(e6, 3, 2, ceil_mode=True))]


class Neck(nn.Module):
    """The feature pyramid."""

    def __init__(self, c):
        super().__init__()
        self.lateral_convs = nn.ModuleList(conv(c(n), c(256), 1, bias=True)
                                           for n in (128, 256, 512))
        self.fpn_convs = nn.ModuleList(conv(c(256), c(256), 3, bias=True) for _ in range(3))

    def forward(self, encoder):
        maps = [lateral(x) for lateral, x in zip(self.lateral_convs, encoder[1:4])]
        for i in (1, 0):
            maps[i] = maps[i] + resize(maps[i + 1], maps[i].shape[2:], "nearest")
        return [out(x) for out, x in zip(self.fpn_convs, maps)]  # P3 to P5


class DecoderBlock(nn.Module):
    def __init__(self, c, previous, skip, project):
        super().__init__()
        self.conv1, self.bn1 = conv(previous + skip, c(64), 1), nn.BatchNorm2d(c(64))
        self.conv2, self.bn2 = conv(c(64), c(64), 3), nn.BatchNorm2d(c(64))
        self.conv3, self.bn3 = conv(c(64), c(256), 1), nn.BatchNorm2d(c(256))
        self.input_projection = conv(previous, c(256), 1) if project else nn.Identity()

    def forward(self, previous, skip):
        up = resize(previous, skip.shape[2:])
        y = relu(self.bn1(self.conv1(torch.cat([up, skip], 1))))
        y = relu(self.bn2(self.conv2(y)))
        return relu(self.bn3(self.conv3(y)) + self.input_projection(up))


class Decoder(nn.Module):
    def __init__(self, c, released):
        super().__init__()
        deepest = c(1024 if released else 512)
        skips = [deepest, c(512), c(256), c(128), c(64)]
        self.blocks = nn.ModuleList(
            DecoderBlock(c, c(256) if i else deepest, skip, project=i == 0)
            for i, skip in enumerate(skips))

    def forward(self, encoder):
        maps, x = [], encoder[-1]
        for block, skip in zip(self.blocks, reversed(encoder[:-1])):
            x = block(x, skip)
            maps.append(x)
        return maps  # D6 to D2


class DenseHead(nn.Module):
    """What segmentation and depth share: the decoder's maps, joined at a quarter of the size."""

    def __init__(self, c, bias):
        super().__init__()
        self.convs = nn.ModuleList(conv(c(256), c(64), 1, bias=bias) for _ in range(5))

    def joined(self, maps, size):
        quarter = torch.Size((size[0] // 4, size[1] // 4))
        return torch.cat([resize(f(x), quarter) for f, x in zip(self.convs, maps)], 1)


class SegmentHead(DenseHead):
    def __init__(self, c, classes):
        super().__init__(c, bias=True)
        self.final_conv = conv(5 * c(64), classes, 1, bias=True)

    def forward(self, maps, size):
        return resize(self.final_conv(self.joined(maps, size)), size)


class DepthHead(DenseHead):
    def __init__(self, c, activation):
        super().__init__(c, bias=False)
        self.depth = conv(5 * c(64), 1, 3, bias=True)
        self.activation = activation

    def forward(self, maps, size):
        return resize(self.activation(self.depth(self.joined(maps, size))), size)


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(1.0))


class InstanceHead(nn.Module):
    """FCOS with mask codes and the depths of objects; one head for the three levels."""

    def __init__(self, c, classes, mask_code, inst_depth):
        super().__init__()
        wide = c(256)

        def tower():
            layers = []
            for _ in range(4):
                layers += [conv(wide, wide, 3, bias=True),
                           nn.GroupNorm(math.gcd(32, wide), wide), nn.ReLU(inplace=True)]
            return nn.Sequential(*layers)

        self.cls_tower, self.bbox_tower = tower(), tower()
        self.cls_logits = conv(wide, classes, 3, bias=True)
        self.bbox_pred = conv(wide, 4, 3, bias=True)
        self.centerness = conv(wide, 1, 3, bias=True)
        if mask_code:
            self.inst_seg_logits = conv(wide, mask_code, 3, bias=True)
        if inst_depth:
            self.inst_depth_logits = conv(wide, 1, 3, bias=True)
        self.scales = nn.ModuleList(Scale() for _ in range(3))

    def forward(self, maps, wanted):
        out = {}
        for level, x in enumerate(maps):
            box = self.bbox_tower(x)
            if "detect" in wanted:
                out[f"box_cls.{level}"] = self.cls_logits(self.cls_tower(x))
                out[f"box_reg.{level}"] = relu(self.bbox_pred(box) * self.scales[level].scale)
                out[f"centerness.{level}"] = self.centerness(box)
            if "inst_seg" in wanted:
                out[f"inst_seg.{level}"] = self.inst_seg_logits(box)
            if "inst_depth" in wanted:
                out[f"inst_depth.{level}"] = relu(self.inst_depth_logits(box))
        return out


class UniNet(nn.Module):
    """`image` [N, 3, H, W], normalised → outputs by the names of `uninet predict --raw`."""

    def __init__(self, tasks=TASKS, width=1.0, released=False, semantic=19, instance=8,
                 mask_code=60, depth_activation="sigmoid"):
        super().__init__()

        def c(paper):
            return max(1, int(paper * width + 0.5))

        self.tasks, self.width = tuple(tasks), width
        self.base_net = nn.ModuleDict({"backbone": Backbone(c)})
        self.encoder_decoder, self.head = nn.ModuleDict(), nn.ModuleDict()
        if self.dense(tasks):
            self.encoder_decoder["uninet_encoder"] = ExtraEncoder(c, released)
            self.encoder_decoder["decoder"] = Decoder(c, released)
        if self.objects(tasks):
            self.encoder_decoder["neck"] = Neck(c)
            self.head["det_head"] = nn.ModuleDict({"head": InstanceHead(
                c, instance, mask_code if "inst_seg" in tasks else 0, "inst_depth" in tasks)})
        if "segment" in tasks:
            self.head["seg_head"] = SegmentHead(c, semantic)
        if "depth" in tasks:
            activation = relu if depth_activation == "relu" else torch.sigmoid
            self.head["depth_head"] = DepthHead(c, activation)

    @staticmethod
    def dense(tasks):
        return "segment" in tasks or "depth" in tasks

    @staticmethod
    def objects(tasks):
        return any(task in tasks for task in ("detect", "inst_seg", "inst_depth"))

    def forward(self, image, wanted):
        size = image.shape[2:]
        encoder = self.base_net["backbone"](image)
        out = {}
        if self.objects(wanted):
            pyramid = self.encoder_decoder["neck"](encoder)
            out.update(self.head["det_head"]["head"](pyramid, wanted))
        if self.dense(wanted):
            encoder = encoder + self.encoder_decoder["uninet_encoder"](encoder[-1])
            decoded = self.encoder_decoder["decoder"](encoder)
            for task, head in (("segment", "seg_head"), ("depth", "depth_head")):
                if task in wanted:
                    out[task] = self.head[head](decoded, size)
        return out


def fold(network):
    """A copy whose batch norms are folded into the convolutions before them."""
    network = copy.deepcopy(network)
    for parent in list(network.modules()):
        children = list(parent.named_children())
        for (name, first), (norm, second) in zip(children, children[1:]):
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                setattr(parent, name, fuse_conv_bn_eval(first, second))
                setattr(parent, norm, nn.Identity())
    return network


# Files


def record_of(file):
    """What the program writes beside the weights: classes, size; {} if another program wrote it."""
    try:
        with zipfile.ZipFile(file) as archive:
            name = next(n for n in archive.namelist() if n.endswith("/uninet.safetensors"))
            data = archive.read(name)
        length = struct.unpack_from("<Q", data)[0]
        return json.loads(data[8:8 + length]).get("__metadata__", {})
    except (zipfile.BadZipFile, StopIteration, ValueError, struct.error):
        return {}


def described(weights, record):
    """The arguments of UniNet, from keys and shapes; raises KeyError for another network."""
    def outputs(key):
        return weights[key].shape[0] if weights[key].dim() > 0 else 0

    head = "head.det_head.head."
    heads = {"segment": "head.seg_head.final_conv.weight", "depth": "head.depth_head.depth.weight",
             "detect": head + "cls_logits.weight", "inst_seg": head + "inst_seg_logits.weight",
             "inst_depth": head + "inst_depth_logits.weight"}
    found = {task: outputs(key) for task, key in heads.items() if key in weights}
    classes = json.loads(record.get("uninet.classes", "{}"))
    return {"tasks": [task for task in TASKS if task in found],
            "width": outputs("base_net.backbone.level5.root.conv.weight") / 512,
            "released": "encoder_decoder.uninet_encoder.stem.stem_1/conv.weight" in weights,
            "semantic": found.get("segment", 0), "instance": found.get("detect", 0),
            "mask_code": found.get("inst_seg", 0),
            # No key or shape tells, and times do not depend on it.
            "depth_activation": classes.get("depth_activation", "sigmoid")}


def load(file):
    """The network of a .pth, and the size that it was made for or None."""
    if not os.path.isfile(file):
        raise Unusable(f"{file}: there is no such file")
    try:
        weights = torch.load(file, map_location="cpu", weights_only=True)
    except Exception:  # for a file of another kind it is one of a dozen types
        weights = None
    if not isinstance(weights, dict) or not all(torch.is_tensor(w) for w in weights.values()):
        raise Unusable(f"{file}: this is no state dict; make one with: uninet convert CHECKPOINT "
                       "out.pth")
    record = record_of(file)
    try:
        network = UniNet(**described(weights, record))
    except KeyError as error:
        raise Unusable(f"{file}: the keys do not fit UniNet: {error.args[0]} is missing") from error
    if not network.tasks:
        raise Unusable(f"{file}: the keys do not fit UniNet: there is no head")
    expected = network.state_dict()
    missing = [key for key in expected if key not in weights]
    unknown = [key for key in weights if key not in expected]
    shapes = [key for key in expected if key in weights
              and weights[key].shape != expected[key].shape]
    for keys, what in ((missing, "missing"), (unknown, "unknown"), (shapes, "of another shape")):
        if keys:
            more = f" (and {len(keys) - 1} more)" if len(keys) > 1 else ""
            raise Unusable(f"{file}: the keys do not fit UniNet: {keys[0]}{more} is {what}")
    network.load_state_dict(weights, strict=True)
    return network.eval(), record.get("uninet.size")


def untrained():
    """As in `uninet bench`: fresh weights cost the same as trained ones."""
    network = UniNet()
    for module in network.modules():
        if isinstance(module, nn.Conv2d):  # PyTorch's own start fades out over so many layers
            nn.init.kaiming_normal_(module.weight)
    return network.eval()
