"""Loads topologies of tf.js layers models with Keras 2 (tf_keras), gives them their weights, and runs them.

    python run_in_keras.py jobs.json results.json

A job is {"model": folder, "inputs": {name: {"shape", "dtype", "values"}}}; a result {"outputs": [{"shape", "values"}]}
or {"error"}.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tf_keras as keras


def main(jobs_file, results_file):
    with open(jobs_file) as file:
        jobs = json.load(file)
    results = [attempt(job) for job in jobs]
    with open(results_file, "w") as file:
        json.dump(results, file)


def attempt(job):
    try:
        return {"outputs": run(job)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def run(job):
    with open(os.path.join(job["model"], "model.json")) as file:
        description = json.load(file)
    model = keras.models.model_from_json(json.dumps(description["modelTopology"]["model_config"]))
    set_weights(model, read_weights(job["model"], description["weightsManifest"]))
    fed = [array(job["inputs"][name]) for name in model.input_names]
    outputs = model(fed if len(fed) > 1 else fed[0], training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return [{"shape": list(o.shape), "values": np.asarray(o, np.float64).ravel().tolist()} for o in outputs]


def array(tensor):
    return np.asarray(tensor["values"], tensor["dtype"]).reshape(tensor["shape"])


def read_weights(folder, manifest):
    """The tensors by name, in the order of the manifest."""
    tensors = {}
    for group in manifest:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        start = 0
        for weight in group["weights"]:
            count = int(np.prod(weight["shape"], dtype=np.int64))
            tensors[weight["name"]] = np.frombuffer(data, "<f4", count, start).reshape(weight["shape"])
            start += 4 * count
    return tensors


def set_weights(model, tensors):
    """Each tensor goes to the layer with the longest name that its own begins with, in order."""
    layers = sorted((layer for layer in model.layers if layer.weights), key=lambda layer: -len(layer.name))
    found = {layer.name: [] for layer in layers}
    for name, tensor in tensors.items():
        owner = next(layer for layer in layers if name.startswith(layer.name + "/"))
        found[owner.name].append(tensor)
    for layer in layers:
        layer.set_weights(found[layer.name])


if __name__ == "__main__":
    main(*sys.argv[1:])
