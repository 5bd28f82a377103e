# Reads a frozen TensorFlow graph with OpenCV, an implementation that shares nothing with Bench or TensorFlow, and runs images through it.
# usage: read_graph.py GRAPH.pb IMAGES.npy (n, channels, rows, columns) OUTPUTS.npy
import sys
import cv2
import numpy

graph, images, outputs = sys.argv[1:]
net = cv2.dnn.readNetFromTensorflow(graph)
results = []
for image in numpy.load(images):
    net.setInput(numpy.ascontiguousarray(image[None]))
    results.append(net.forward().copy())
numpy.save(outputs, numpy.concatenate(results).astype(numpy.float32))
