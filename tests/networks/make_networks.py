#!/usr/bin/env python3
"""Makes the small networks that tests/Bench.EndToEnd.Tests measures: one for each kind of network that users bring.

Needs Debian's python3-onnx (1.12; from python3-numpy comes the rest): /usr/bin/python3 make_networks.py
The same bytes every time. Each file has a few hundred bytes; the names say what is special.
"""
import os
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = np.random.RandomState(1910)
FLOAT, HALF, DOUBLE = T.FLOAT, T.FLOAT16, T.DOUBLE


def weights(name, shape, dtype=np.float32, scale=0.5):
    return numpy_helper.from_array((RANDOM.standard_normal(shape) * scale).astype(dtype), name)


def value(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs, initializers=(), opset=13, domains=(), external=False):
    graph = h.make_graph(nodes, name.split(".")[0], inputs, outputs, list(initializers))
    opsets = [h.make_opsetid("", opset)] + [h.make_opsetid(domain, 1) for domain in domains]
    model = h.make_model(graph, opset_imports=opsets, producer_name="make_networks")
    model.ir_version = 7
    path = os.path.join(HERE, name + ".onnx")
    if external:
        location = name + ".weights"
        if os.path.exists(os.path.join(HERE, location)):
            os.remove(os.path.join(HERE, location))
        onnx.save_model(model, path, save_as_external_data=True, location=location, size_threshold=0)
    else:
        onnx.save_model(model, path)


def classifier(name, channels_last=False, batch="N", opset=13, size=8, dtype=np.float32, kind=FLOAT, axes=4):
    """A convolution, a global mean, a matrix product and a softmax over five classes."""
    spatial = list(size) if isinstance(size, tuple) else [size] * (axes - 2)
    kernel = weights("kernel", [4, 3] + [3] * (axes - 2), dtype)
    dense = weights("dense", [4, 5], dtype, 2.0)
    nodes = []
    source = "image"
    if channels_last:
        nodes.append(h.make_node("Transpose", ["image"], ["first"], perm=[0, axes - 1] + list(range(1, axes - 1))))
        source = "first"
    nodes += [
        h.make_node("Conv", [source, "kernel"], ["conv"], pads=[1] * (2 * (axes - 2))),
        h.make_node("Relu", ["conv"], ["relu"]),
        h.make_node("GlobalAveragePool", ["relu"], ["pool"]),
        h.make_node("Flatten", ["pool"], ["flat"]),
        h.make_node("MatMul", ["flat", "dense"], ["logits"]),
        h.make_node("Softmax", ["logits"], ["classes"], axis=1),
    ]
    shape = [batch] + (spatial + [3] if channels_last else [3] + spatial)
    save(name, nodes, [value("image", kind, shape)], [value("classes", kind, [batch, 5])], [kernel, dense], opset)


# The usual: an open batch, floats, scores of classes.
classifier("classifier")
classifier("channels-last", channels_last=True)
classifier("fixed-batch", batch=1)
classifier("opset7", opset=7)
classifier("volume", axes=5, size=6)
classifier("half-edges", dtype=np.float16, kind=HALF)
classifier("open-size", size=("height", "width"))

# One axis and one matrix product: three axes.
save("sequence3", [h.make_node("Conv", ["signal", "kernel"], ["filtered"], pads=[2, 2])],
     [value("signal", FLOAT, ["batch", 2, 40])], [value("filtered", FLOAT, ["batch", 3, 40])], [weights("kernel", [3, 2, 5])])

# Doubles.
save("double", [h.make_node("MatMul", ["x", "w"], ["product"]), h.make_node("Tanh", ["product"], ["y"])],
     [value("x", DOUBLE, ["N", 6])], [value("y", DOUBLE, ["N", 3])], [weights("w", [6, 3], np.float64)])

# Bytes in, as cameras give them.
save("bytes", [h.make_node("Cast", ["pixels"], ["floats"], to=FLOAT), h.make_node("Conv", ["floats", "kernel"], ["y"])],
     [value("pixels", T.UINT8, ["N", 3, 8, 8])], [value("y", FLOAT, ["N", 2, 6, 6])], [weights("kernel", [2, 3, 3, 3], scale=0.01)])

# Signed bytes in, 32-bit integers out.
save("integers", [h.make_node("MatMulInteger", ["a", "b"], ["y"])],
     [value("a", T.INT8, ["N", 6])], [value("y", T.INT32, ["N", 4])],
     [numpy_helper.from_array(RANDOM.randint(-9, 9, (6, 4)).astype(np.int8), "b")])

# Words: places in a table of 50, a mask of booleans, and segments of two kinds; scores and a state come out.
save("words",
     [h.make_node("Gather", ["table", "tokens"], ["words"]),
      h.make_node("Cast", ["segments"], ["narrow"], to=T.INT32),
      h.make_node("Gather", ["kinds", "narrow"], ["segment"]),
      h.make_node("Add", ["words", "segment"], ["embedded"]),
      h.make_node("Cast", ["mask"], ["shown"], to=FLOAT),
      h.make_node("Unsqueeze", ["shown", "last"], ["wide"]),
      h.make_node("Mul", ["embedded", "wide"], ["state"]),
      h.make_node("ReduceMean", ["state"], ["mean"], axes=[1], keepdims=0),
      h.make_node("MatMul", ["mean", "dense"], ["scores"])],
     [value("tokens", T.INT64, ["batch", "length"]), value("segments", T.INT64, ["batch", "length"]),
      value("mask", T.BOOL, ["batch", "length"])],
     [value("state", FLOAT, ["batch", "length", 8]), value("scores", FLOAT, ["batch", 3])],
     [weights("table", [50, 8]), weights("kinds", [2, 8]), weights("dense", [8, 3]),
      numpy_helper.from_array(np.array([2], np.int64), "last")])

# 32-bit places and a single number without axes.
save("places32",
     [h.make_node("Gather", ["table", "place"], ["row"]), h.make_node("Mul", ["row", "factor"], ["y"])],
     [value("place", T.INT32, ["N"]), value("factor", FLOAT, [])], [value("y", FLOAT, ["N", 4])], [weights("table", [7, 4])])

# The batch is baked into a Reshape: only one image goes in, although the file says that any number may.
save("baked-batch",
     [h.make_node("Reshape", ["x", "shape"], ["flat"]), h.make_node("MatMul", ["flat", "w"], ["y"])],
     [value("x", FLOAT, ["N", 2, 3])], [value("y", FLOAT, ["N", 2])],
     [numpy_helper.from_array(np.array([1, 6], np.int64), "shape"), weights("w", [6, 2])])

# Eight images at once, whatever anybody says.
save("batch-of-8", [h.make_node("MatMul", ["x", "w"], ["y"])],
     [value("x", FLOAT, [8, 6])], [value("y", FLOAT, [8, 2])], [weights("w", [6, 2])])

# How many numbers come out depends on those that go in.
save("boxes",
     [h.make_node("Greater", ["x", "zero"], ["found"]), h.make_node("NonZero", ["found"], ["places"]), h.make_node("Neg", ["x"], ["y"])],
     [value("x", FLOAT, ["N", 12])], [value("places", T.INT64, [2, None]), value("y", FLOAT, ["N", 12])],
     [numpy_helper.from_array(np.array(0, np.float32), "zero")])

# Weights in a file beside it.
save("external", [h.make_node("MatMul", ["x", "w"], ["y"])], [value("x", FLOAT, ["N", 6])], [value("y", FLOAT, ["N", 3])],
     [weights("w", [6, 3])], external=True)

# As a quantiser writes it: integers between QuantizeLinear and DequantizeLinear.
scale = numpy_helper.from_array(np.array(0.02, np.float32), "scale")
zero = numpy_helper.from_array(np.array(128, np.uint8), "zero")
weight_scale = numpy_helper.from_array(np.array(0.01, np.float32), "weight_scale")
weight_zero = numpy_helper.from_array(np.array(0, np.int8), "weight_zero")
integers = numpy_helper.from_array(RANDOM.randint(-90, 90, (2, 3, 3, 3)).astype(np.int8), "integers")
save("quantised.int8",
     [h.make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]), h.make_node("DequantizeLinear", ["q", "scale", "zero"], ["dq"]),
      h.make_node("DequantizeLinear", ["integers", "weight_scale", "weight_zero"], ["kernel"]),
      h.make_node("Conv", ["dq", "kernel"], ["y"])],
     [value("x", FLOAT, ["N", 3, 8, 8])], [value("y", FLOAT, ["N", 2, 6, 6])], [scale, zero, weight_scale, weight_zero, integers])
kernel = numpy_helper.from_array(numpy_helper.to_array(integers).astype(np.float32) * np.float32(0.01), "kernel")
save("quantised", [h.make_node("Conv", ["x", "kernel"], ["y"])],
     [value("x", FLOAT, ["N", 3, 8, 8])], [value("y", FLOAT, ["N", 2, 6, 6])], [kernel])
half = numpy_helper.from_array(numpy_helper.to_array(kernel).astype(np.float16), "kernel")
save("quantised.fp16",
     [h.make_node("Cast", ["x"], ["h"], to=HALF), h.make_node("Conv", ["h", "kernel"], ["c"]), h.make_node("Cast", ["c"], ["y"], to=FLOAT)],
     [value("x", FLOAT, ["N", 3, 8, 8])], [value("y", FLOAT, ["N", 2, 6, 6])], [half])

# What cannot be measured, or not whole.
save("text", [h.make_node("StringNormalizer", ["t"], ["y"], case_change_action="LOWER")],
     [value("t", T.STRING, [1])], [value("y", T.STRING, [1])])
named = onnx.ValueInfoProto(name="named")
named.type.sequence_type.elem_type.map_type.key_type = T.INT64
named.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = FLOAT
save("scores-map",
     [h.make_node("MatMul", ["x", "w"], ["scores"]),
      h.make_node("ZipMap", ["scores"], ["named"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])],
     [value("x", FLOAT, ["N", 4])], [value("scores", FLOAT, ["N", 2]), named], [weights("w", [4, 2])], domains=["ai.onnx.ml"])
