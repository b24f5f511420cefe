#!/usr/bin/env python3
"""Trim AWS's public service models to what the simulator's codec needs.

    trim.py BOTOCORE

BOTOCORE is a botocore wheel, or the folder botocore/data of an unpacked one; the files here are of 1.44.8
(pip download --no-deps botocore==1.44.8). The actions are read from actions.txt beside this script; a file per
service is written beside it, packed by gzip: they are part of the program, and a tenth as large so. zcat shows them,
one shape a line.

Kept: per action its input and output, whether it is paged, and the names of its documented filters (they are
only in the prose of the model); per shape its type, members, what is required, the names on the wire, the least
and greatest number. Dropped: prose, enums, everything no action needs.
"""

import gzip
import json
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = {"ec2": "2016-11-15", "elbv2": "2015-12-01", "sts": "2011-06-15"}
FILTER = re.compile(r"<li>\s*<p>\s*<code>\s*([^<\s]+)\s*</code>")


def load(source, service, name):
    """Read one file of a service's model, zipped or not."""
    path = f"{service}/{VERSIONS[service]}/{name}"
    if source.is_dir():
        file = source / path
        if file.exists():
            return json.loads(file.read_text())
        return json.loads(gzip.decompress((source / (path + ".gz")).read_bytes()))
    with zipfile.ZipFile(source) as wheel:
        names = set(wheel.namelist())
        path = "botocore/data/" + path
        if path in names:
            return json.loads(wheel.read(path))
        return json.loads(gzip.decompress(wheel.read(path + ".gz")))


def filters(shape):
    """The filter names that the documentation of the input's Filters lists."""
    prose = shape.get("members", {}).get("Filters", {}).get("documentation", "")
    names = {n.replace("&lt;", "<").replace("&gt;", ">") for n in FILTER.findall(prose)}
    # tag: and tag-key are accepted with every action that has filters, documented or not.
    return sorted(n for n in names if not n.startswith("tag:") and n not in ("tag", "tag-key"))


def trim_shape(shape):
    """A shape without prose, and the names of the shapes it leads to."""
    kept, leads = {"type": shape["type"]}, []
    for key in ("required", "min", "max", "flattened", "timestampFormat"):
        if shape.get(key) and (key not in ("min", "max") or shape["type"] in ("integer", "long")):
            kept[key] = shape[key]

    def ref(member):
        leads.append(member["shape"])
        return {k: member[k] for k in ("shape", "queryName", "locationName", "flattened") if k in member}

    if "members" in shape:
        kept["members"] = {name: ref(member) for name, member in shape["members"].items()}
    for key in ("member", "key", "value"):
        if key in shape:
            kept[key] = ref(shape[key])
    return kept, leads


def trim(source, service, actions):
    """The model of one service with these actions alone."""
    model, pages = load(source, service, "service-2.json"), load(source, service, "paginators-1.json")
    operations, shapes, todo = {}, {}, []
    for action in actions:
        operation, kept = model["operations"][action], {}
        for side in ("input", "output"):
            if side in operation:
                kept[side] = operation[side]["shape"]
                todo.append(kept[side])
        if "resultWrapper" in operation.get("output", {}):
            kept["resultWrapper"] = operation["output"]["resultWrapper"]
        if action in pages["pagination"]:
            kept["paged"] = True
        if "Filters" in model["shapes"][kept["input"]].get("members", {}):
            kept["filters"] = filters(model["shapes"][kept["input"]])
        operations[action] = kept
    while todo:
        name = todo.pop()
        if name not in shapes:
            shapes[name], leads = trim_shape(model["shapes"][name])
            todo.extend(leads)
    meta = model["metadata"]
    kept = {k: meta[k] for k in ("apiVersion", "protocol", "xmlNamespace")}
    return {"metadata": kept, "operations": operations, "shapes": shapes}


def write(path, model):
    """One operation and one shape a line, sorted, so that a new model reads well; the same model gives the same bytes."""
    def lines(entries):
        return ",\n".join(f"{json.dumps(k)}:{json.dumps(entries[k], separators=(',', ':'))}" for k in sorted(entries))
    text = ('{"metadata":' + json.dumps(model["metadata"]) +
            ',\n"operations":{\n' + lines(model["operations"]) +
            '\n},\n"shapes":{\n' + lines(model["shapes"]) + "\n}}\n")
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    wanted = {service: [] for service in VERSIONS}
    for line in (HERE / "actions.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            service, action = line.split()
            wanted[service].append(action)
    for service, actions in wanted.items():
        if not actions:
            continue
        write(HERE / f"{service}.json.gz", trim(pathlib.Path(sys.argv[1]), service, actions))


if __name__ == "__main__":
    main()
