"""Holds every ONNX model of a folder against the official checker, and prints what was found as JSON.

The shapes that a model gives for its values are taken out first, so that inference has only the shapes of the inputs.
A size that inference leaves open is counted: the caller decides how many there may be.
"""

import json
import sys
from pathlib import Path

import onnx


def size(dim):
    """A number, the name of a symbol, or None where nothing is known; inference calls what it does not know unk__0."""
    kind = dim.WhichOneof("value")
    known = kind is not None and not (kind == "dim_param" and dim.dim_param.startswith("unk__"))
    return getattr(dim, kind) if known else None


def described(tensor_type):
    """Element type and sizes of a value; no sizes where not even their number is known."""
    if not tensor_type.HasField("shape"):
        return tensor_type.elem_type, None
    return tensor_type.elem_type, [size(dim) for dim in tensor_type.shape.dim]


def without_shapes(model):
    """The model with no shapes but those of its inputs."""
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    del bare.graph.value_info[:]
    for output in bare.graph.output:
        output.type.tensor_type.ClearField("shape")
    return bare


def inferred_types(bare, values):
    inferred = onnx.shape_inference.infer_shapes(bare, check_type=True, strict_mode=True, data_prop=values)
    given = [*inferred.graph.value_info, *inferred.graph.output]
    return {value.name: described(value.type.tensor_type) for value in given}


def inferred(model):
    """The types by inference, and whether it could follow the values of tensors that shapes are made of.

    It takes every vector of integers for a shape, also behind an Unsqueeze that makes it a column, and then refuses to
    add it to a vector of another length.
    """
    bare = without_shapes(model)
    try:
        return inferred_types(bare, values=True), True
    except onnx.shape_inference.InferenceError as fault:
        if "Invalid rank for Add broadcasting" not in str(fault):
            raise
        return inferred_types(bare, values=False), False


def compared(model):
    """Counts sizes that are the same and that inference leaves open, and lists what differs."""
    theirs, followed = inferred(model)
    found = {"same": 0, "open": 0, "differing": [], "followed": followed}
    for value in [*model.graph.value_info, *model.graph.output]:
        element, sizes = described(value.type.tensor_type)
        their_element, their_sizes = theirs.get(value.name, (0, None))
        if their_sizes is None:
            found["open"] += len(sizes)
            continue
        pairs = list(zip(sizes, their_sizes))
        found["open"] += sum(their is None for _, their in pairs)
        found["same"] += sum(our == their for our, their in pairs)
        agree = all(their is None or our == their for our, their in pairs)
        if element != their_element or len(sizes) != len(their_sizes) or not agree:
            found["differing"].append(f"{value.name}: {sizes} of type {element}, {their_sizes} of type {their_element}")
    return found


def checked(path):
    try:
        onnx.checker.check_model(str(path), full_check=True)
        return compared(onnx.load(str(path), load_external_data=False))
    except Exception as fault:  # Whatever the checker throws is the finding.
        return {"same": 0, "open": 0, "differing": [], "followed": True, "fault": str(fault)}


def main(folder):
    paths = sorted(Path(folder).glob("*.onnx"))
    print(json.dumps({path.name: checked(path) for path in paths}))


main(sys.argv[1])
