"""Executes a notebook by Deno's kernel, and writes it with its outputs.

    python -m venv notebook-venv && notebook-venv/bin/pip install -r notebooks/requirements.txt
    notebook-venv/bin/python notebooks/execute.py notebooks/sparkify.ipynb [OUTPUT.ipynb]

Ends with 1, and tells the error, when a cell fails. Without OUTPUT the notebook itself is replaced.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import output_from_msg

SECONDS_A_CELL = 1200
OUTPUTS = {"stream", "display_data", "execute_result", "error"}
FENCE = "application/x-refrain-fence"


def execute(source: Path, target: Path) -> None:
    notebook = nbformat.read(source, as_version=4)
    with tempfile.TemporaryDirectory(prefix="deno-kernel-") as folder:
        os.environ["JUPYTER_PATH"] = str(kernel_path(Path(folder)))
        manager, client = start_new_kernel(kernel_name="deno", cwd=source.resolve().parent)
        try:
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            for count, cell in enumerate(code, start=1):
                cell.outputs, cell.execution_count = run(client, cell.source, count), count
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    nbformat.validate(notebook)
    nbformat.write(notebook, target)


def run(client, source: str, count: int) -> list:
    """The outputs of a cell. Deno's kernel may say that it is idle before it shows what the cell gave (its outputs wait in a queue of
    their own), so that a fence is shown after the cell, and all that comes before the fence is the cell's."""
    fence = json.dumps({"data": {FENCE: str(count)}, "metadata": {}, "transient": {}})
    reply = client.execute(source, reply=True, timeout=SECONDS_A_CELL)
    client.execute(f'await Deno.jupyter.broadcast("display_data", {fence});', store_history=False)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=SECONDS_A_CELL)
        if message["msg_type"] not in OUTPUTS:
            continue
        content = message["content"]
        if content.get("data", {}).get(FENCE) == str(count):
            break
        outputs.append(output_from_msg(message))
    if reply["content"]["status"] != "ok":
        sys.exit(failure(source, reply["content"], outputs))
    return together(outputs)


def together(outputs: list) -> list:
    """Text of one stream in one output; results and displays alike, without their numbers."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else None
        if output.output_type == "stream" and before and before.get("name") == output.name:
            before.text += output.text
        elif output.output_type == "execute_result":
            joined.append(nbformat.v4.new_output("display_data", data=output.data))
        else:
            joined.append(output)
    return joined


def failure(source: str, reply: dict, outputs: list) -> str:
    said = [output.text for output in outputs if output.output_type == "stream"]
    traces = reply.get("traceback", [])
    error = f"{reply.get('ename', 'Error')}: {reply.get('evalue', '')}"
    return "\n".join(["This cell failed:", source, "", *said, *traces, error])


def kernel_path(folder: Path) -> Path:
    """A Jupyter path with the kernel of the deno that stands beside this Python, whatever else is installed."""
    deno = Path(sys.executable).with_name("deno")
    spec = folder / "kernels" / "deno"
    spec.mkdir(parents=True)
    argv = [str(deno), "jupyter", "--kernel", "--conn", "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Deno", "language": "typescript"}
    (spec / "kernel.json").write_text(json.dumps(kernel))
    return folder


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    execute(Path(sys.argv[1]), Path(sys.argv[-1]))
