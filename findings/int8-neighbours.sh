#!/usr/bin/env bash
# onnxruntime 1.31.1 (with onnx 1.23.2 and numpy 2.4.6)
# Expected: a row of a batch gives the same as the row alone, as with the model before it was quantised; to encode
# sentences in batches is a matter of speed. The documentation has dynamic quantisation compute the scale of
# activations as they come, which is what makes it more exact than the static kind.
# Instead there is one scale for all rows of a batch: beside a row of large numbers, others are rounded more coarsely.
# Seen: "float32: alone and beside a row of large numbers differ by 0.0% of the length" and
#       "quantised: alone and beside a row of large numbers differ by 4.6% of the length"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet onnxruntime==1.31.1 onnx==1.23.2 numpy==2.4.6

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import logging
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

WIDE, DIMS = 32, 8
logging.disable(logging.WARNING)  # an advice on how to prepare larger models

random = np.random.default_rng(1)
graph = helper.make_graph(
    [helper.make_node("MatMul", ["row", "weights"], ["vector"])],
    "encoder",
    [helper.make_tensor_value_info("row", TensorProto.FLOAT, ["rows", WIDE])],
    [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["rows", DIMS])],
    [numpy_helper.from_array(random.normal(size=(WIDE, DIMS)).astype(np.float32), "weights")],
)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "float32.onnx")
quantize_dynamic("float32.onnx", "quantised.onnx", weight_type=QuantType.QUInt8)

row = random.normal(size=(1, WIDE)).astype(np.float32)
large = 10 * random.normal(size=(1, WIDE)).astype(np.float32)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
differ = {}
for name in ("float32", "quantised"):
    session = onnxruntime.InferenceSession(f"{name}.onnx", options, providers=["CPUExecutionProvider"])
    alone = session.run(None, {"row": row})[0][0]
    beside = session.run(None, {"row": np.vstack([row, large])})[0][0]
    differ[name] = float(np.linalg.norm(alone - beside) / np.linalg.norm(alone))
    print(f"{name}: alone and beside a row of large numbers differ by {differ[name]:.1%} of the length")
if differ["float32"] > 1e-5 or differ["quantised"] < 0.005:
    sys.exit("CHANGED: a quantised model gives a row the same vector in any company, or one of floats does not")
PYTHON
