"""Predicts with ONNX Runtime: FOLDER/K.onnx on the K-th rows of FOLDER/rows.json, into FOLDER/predicted.json."""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

folder = pathlib.Path(sys.argv[1])
predicted = []
for k, columns in enumerate(json.loads((folder / "rows.json").read_text())):
    path = str(folder / f"{k}.onnx")
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    inputs = json.loads(session.get_modelmeta().custom_metadata_map["inputs"])
    feeds = {}
    if inputs["numbers"]:
        values = [[np.nan if x is None else x for x in columns[name]] for name in inputs["numbers"]]
        feeds["numbers"] = np.array(values, dtype=np.float64).T
    if inputs["categories"]:
        texts = [[inputs["missing"] if x is None else x for x in columns[name]] for name in inputs["categories"]]
        feeds["categories"] = np.array(texts, dtype=object).T
    predicted.append(session.run(["probability"], feeds)[0].tolist())
(folder / "predicted.json").write_text(json.dumps(predicted))
