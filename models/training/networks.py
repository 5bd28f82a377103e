"""The two networks in PyTorch. Module names are the names of the weights; src/Bench.Models/Networks builds the same in ONNX."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvBn(nn.Module):
    """Convolution without bias, batch norm (eps 0.001), ReLU. Folded into one convolution with bias when exported."""

    def __init__(self, inputs, outputs, kernel, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=0.001)
        nn.init.kaiming_normal_(self.conv.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)

    def folded(self):
        scale = self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        return self.conv.weight * scale[:, None, None, None], self.bn.bias - self.bn.running_mean * scale


def _avg(x):
    return F.avg_pool2d(x, 3, stride=1, padding=1)


def _max(x):
    return F.max_pool2d(x, 3, stride=2)


class InceptionA(nn.Module):
    def __init__(self, n, pool):
        super().__init__()
        self.branch1x1 = ConvBn(n, 64, 1)
        self.branch5x5_1 = ConvBn(n, 48, 1)
        self.branch5x5_2 = ConvBn(48, 64, 5, padding=2)
        self.branch3x3dbl_1 = ConvBn(n, 64, 1)
        self.branch3x3dbl_2 = ConvBn(64, 96, 3, padding=1)
        self.branch3x3dbl_3 = ConvBn(96, 96, 3, padding=1)
        self.branch_pool = ConvBn(n, pool, 1)

    def forward(self, x):
        return torch.cat([
            self.branch1x1(x),
            self.branch5x5_2(self.branch5x5_1(x)),
            self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
            self.branch_pool(_avg(x))], 1)


class InceptionB(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch3x3 = ConvBn(n, 384, 3, stride=2)
        self.branch3x3dbl_1 = ConvBn(n, 64, 1)
        self.branch3x3dbl_2 = ConvBn(64, 96, 3, padding=1)
        self.branch3x3dbl_3 = ConvBn(96, 96, 3, stride=2)

    def forward(self, x):
        return torch.cat([
            self.branch3x3(x), self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))), _max(x)], 1)


class InceptionC(nn.Module):
    def __init__(self, n, c7):
        super().__init__()
        self.branch1x1 = ConvBn(n, 192, 1)
        self.branch7x7_1 = ConvBn(n, c7, 1)
        self.branch7x7_2 = ConvBn(c7, c7, (1, 7), padding=(0, 3))
        self.branch7x7_3 = ConvBn(c7, 192, (7, 1), padding=(3, 0))
        self.branch7x7dbl_1 = ConvBn(n, c7, 1)
        self.branch7x7dbl_2 = ConvBn(c7, c7, (7, 1), padding=(3, 0))
        self.branch7x7dbl_3 = ConvBn(c7, c7, (1, 7), padding=(0, 3))
        self.branch7x7dbl_4 = ConvBn(c7, c7, (7, 1), padding=(3, 0))
        self.branch7x7dbl_5 = ConvBn(c7, 192, (1, 7), padding=(0, 3))
        self.branch_pool = ConvBn(n, 192, 1)

    def forward(self, x):
        d = self.branch7x7dbl_2(self.branch7x7dbl_1(x))
        return torch.cat([
            self.branch1x1(x),
            self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x))),
            self.branch7x7dbl_5(self.branch7x7dbl_4(self.branch7x7dbl_3(d))),
            self.branch_pool(_avg(x))], 1)


class InceptionD(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch3x3_1 = ConvBn(n, 192, 1)
        self.branch3x3_2 = ConvBn(192, 320, 3, stride=2)
        self.branch7x7x3_1 = ConvBn(n, 192, 1)
        self.branch7x7x3_2 = ConvBn(192, 192, (1, 7), padding=(0, 3))
        self.branch7x7x3_3 = ConvBn(192, 192, (7, 1), padding=(3, 0))
        self.branch7x7x3_4 = ConvBn(192, 192, 3, stride=2)

    def forward(self, x):
        return torch.cat([
            self.branch3x3_2(self.branch3x3_1(x)),
            self.branch7x7x3_4(self.branch7x7x3_3(self.branch7x7x3_2(self.branch7x7x3_1(x)))), _max(x)], 1)


class InceptionE(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch1x1 = ConvBn(n, 320, 1)
        self.branch3x3_1 = ConvBn(n, 384, 1)
        self.branch3x3_2a = ConvBn(384, 384, (1, 3), padding=(0, 1))
        self.branch3x3_2b = ConvBn(384, 384, (3, 1), padding=(1, 0))
        self.branch3x3dbl_1 = ConvBn(n, 448, 1)
        self.branch3x3dbl_2 = ConvBn(448, 384, 3, padding=1)
        self.branch3x3dbl_3a = ConvBn(384, 384, (1, 3), padding=(0, 1))
        self.branch3x3dbl_3b = ConvBn(384, 384, (3, 1), padding=(1, 0))
        self.branch_pool = ConvBn(n, 192, 1)

    def forward(self, x):
        a = self.branch3x3_1(x)
        b = self.branch3x3dbl_2(self.branch3x3dbl_1(x))
        return torch.cat([
            self.branch1x1(x),
            self.branch3x3_2a(a), self.branch3x3_2b(a),
            self.branch3x3dbl_3a(b), self.branch3x3dbl_3b(b),
            self.branch_pool(_avg(x))], 1)


class InceptionV3(nn.Module):
    """Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", https://doi.org/10.1109/CVPR.2016.308."""

    def __init__(self, classes=10):
        super().__init__()
        self.Conv2d_1a_3x3 = ConvBn(3, 32, 3, stride=2)
        self.Conv2d_2a_3x3 = ConvBn(32, 32, 3)
        self.Conv2d_2b_3x3 = ConvBn(32, 64, 3, padding=1)
        self.Conv2d_3b_1x1 = ConvBn(64, 80, 1)
        self.Conv2d_4a_3x3 = ConvBn(80, 192, 3)
        self.Mixed_5b = InceptionA(192, 32)
        self.Mixed_5c = InceptionA(256, 64)
        self.Mixed_5d = InceptionA(288, 64)
        self.Mixed_6a = InceptionB(288)
        self.Mixed_6b = InceptionC(768, 128)
        self.Mixed_6c = InceptionC(768, 160)
        self.Mixed_6d = InceptionC(768, 160)
        self.Mixed_6e = InceptionC(768, 192)
        self.Mixed_7a = InceptionD(768)
        self.Mixed_7b = InceptionE(1280)
        self.Mixed_7c = InceptionE(2048)
        self.fc = nn.Linear(2048, classes)

    def forward(self, x):
        x = self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(x)))
        x = self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(_max(x)))
        x = self.Mixed_5d(self.Mixed_5c(self.Mixed_5b(_max(x))))
        x = self.Mixed_6e(self.Mixed_6d(self.Mixed_6c(self.Mixed_6b(self.Mixed_6a(x)))))
        x = self.Mixed_7c(self.Mixed_7b(self.Mixed_7a(x)))
        return self.fc(F.dropout(x.mean((2, 3)), 0.2, self.training))


class DoubleConv(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = ConvBn(inputs, outputs, 3, padding=1)
        self.conv2 = ConvBn(outputs, outputs, 3, padding=1)

    def forward(self, x):
        return self.conv2(self.conv1(x))


class UNet(nn.Module):
    """Ronneberger et al., "U-Net", https://doi.org/10.1007/978-3-319-24574-4_28, with padded convolutions and base width 32."""

    def __init__(self, width=32):
        super().__init__()
        w = [width << i for i in range(5)]
        self.down = nn.ModuleList([DoubleConv(1 if i == 0 else w[i - 1], w[i]) for i in range(5)])
        self.up = nn.ModuleList([nn.ConvTranspose2d(w[i + 1], w[i], 2, stride=2) for i in range(4)])
        self.merge = nn.ModuleList([DoubleConv(w[i + 1], w[i]) for i in range(4)])
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x):
        skips = []
        for i in range(4):
            x = self.down[i](x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.down[4](x)
        for i in (3, 2, 1, 0):
            x = self.merge[i](torch.cat([skips[i], self.up[i](x)], 1))
        return self.head(x)


def folded_weights(network):
    """All weights by name, batch norm folded into the convolution before it."""
    weights = {}
    for name, module in network.named_modules():
        if isinstance(module, ConvBn):
            weights[name + ".weight"], weights[name + ".bias"] = module.folded()
        elif isinstance(module, (nn.Linear, nn.ConvTranspose2d)) or (name == "head"):
            weights[name + ".weight"], weights[name + ".bias"] = module.weight, module.bias
    return {name: tensor.detach().float().contiguous() for name, tensor in weights.items()}


def load_folded(network, weights):
    """Puts folded weights back: the batch norms become the identity up to the bias. For checking what was stored."""
    for name, module in network.named_modules():
        if isinstance(module, ConvBn):
            module.conv.weight.data.copy_(weights[name + ".weight"])
            module.bn.weight.data.fill_((1 + module.bn.eps) ** 0.5)
            module.bn.bias.data.copy_(weights[name + ".bias"])
            module.bn.running_mean.zero_()
            module.bn.running_var.fill_(1)
        elif name + ".weight" in weights:
            module.weight.data.copy_(weights[name + ".weight"])
            module.bias.data.copy_(weights[name + ".bias"])
