"""Make `web/src/lib/api.gen.ts` from the API's own description: `make_client.py [module:app]`.

One interface a schema, one function an operation. A shape that the rules below do not know stops the run:
falling back to `unknown` would hide a change of the server from the type checker. With `--check` nothing
is written, and the exit status tells whether the file is up to date.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from generated import keep

TARGET = Path(__file__).parents[1] / "web" / "src" / "lib" / "api.gen.ts"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
Schema = dict[str, Any]


def type_of(s: Schema) -> str:
    """Return the TypeScript type of a schema."""
    if "$ref" in s:
        return ref(s)
    if "const" in s or "enum" in s:
        return " | ".join(json.dumps(v) for v in s.get("enum", [s.get("const")]))
    if "anyOf" in s:
        return " | ".join(dict.fromkeys(type_of(one) for one in s["anyOf"]))
    if s.get("type") == "array":
        return f"({type_of(s['items'])})[]"
    if s.get("type") == "object" and isinstance(s.get("additionalProperties"), dict):
        return f"Record<string, {type_of(s['additionalProperties'])}>"
    if s.get("type") in PLAIN:
        return PLAIN[s["type"]]
    raise SystemExit(f"make_client: no rule for the schema {json.dumps(s)[:200]}")


def ref(s: Schema) -> str:
    """Return the name that a reference points to."""
    return str(s["$ref"]).rsplit("/", 1)[-1].replace("-", "")


def camel(name: str) -> str:
    """Return `list_leads` as `listLeads`."""
    return re.sub(r"_(.)", lambda m: m[1].upper(), name)


def declare(name: str, s: Schema) -> str:
    """Return the declaration of one schema: an interface, or a type for an enum."""
    if s.get("type") != "object":
        return f"export type {name} = {type_of(s)};\n"
    needed = s.get("required", [])
    rows = [f"  {k}{'' if k in needed else '?'}: {type_of(v)};" for k, v in s.get("properties", {}).items()]
    return f"export interface {name} {{\n" + "\n".join(rows) + "\n}\n"


def json_schema(holder: Schema) -> Schema:
    """Return the schema of a JSON body, in a request or a response."""
    found: Schema = holder["content"]["application/json"]["schema"]
    return found


def function(path: str, method: str, op: Schema) -> str:
    """Return the client function of one operation."""
    params = op.get("parameters", [])
    args = [f"{p['name']}: {type_of(p['schema'])}" for p in params if p["in"] == "path"]
    query = [p for p in params if p["in"] == "query"]
    if "requestBody" in op:
        args.append(f"body: {type_of(json_schema(op['requestBody']))}")
    if query:
        inner = "; ".join(f"{p['name']}?: {type_of(p['schema'])}" for p in query)
        args.append(f"q: {{ {inner} }}")
    headers = [p for p in params if p["in"] == "header"]
    if headers:
        inner = "; ".join(f"'{p['name']}': {type_of(p['schema'])}" for p in headers)
        args.append(f"headers: {{ {inner} }}")
    answer = type_of(json_schema(op["responses"]["200"]))
    url = re.sub(r"{(\w+)}", r"${encodeURIComponent(\1)}", path)
    rest = [f"'{method.upper()}'", f"`{url}`", "body" if "requestBody" in op else "undefined"]
    rest += ["q" if query else "undefined", "signal", *(["headers"] if headers else [])]
    head = f"export const {camel(op['operationId'])} = ({', '.join([*args, 'signal?: AbortSignal'])})"
    return f"{head}: Promise<{answer}> =>\n  call<{answer}>({', '.join(rest)});\n"


def reachable(found: set[str], schemas: Schema, s: Any) -> None:
    """Add to `found` every schema that `s` needs."""
    if isinstance(s, list):
        for one in s:
            reachable(found, schemas, one)
    elif isinstance(s, dict):
        name = str(s.get("$ref", "")).rsplit("/", 1)[-1]
        if name and name not in found:
            found.add(name)
            reachable(found, schemas, schemas[name])
        for one in s.values():
            reachable(found, schemas, one)


def client(spec: Schema) -> str:
    """Return the whole client, as TypeScript."""
    schemas = spec["components"]["schemas"]
    found: set[str] = set()
    functions = []
    for path, methods in spec["paths"].items():
        for method, op in methods.items():
            if not path.startswith("/api/") or "application/json" not in op["responses"].get("200", {}).get(
                "content", {}
            ):
                continue
            reachable(found, schemas, [op.get("requestBody"), op["responses"]["200"], op.get("parameters")])
            functions.append(function(path, method, op))
    types = [declare(n.replace("-", ""), schemas[n]) for n in sorted(found)]
    head = "// Made by tools/make_client.py from the API's description. Do not edit.\n"
    return head + "import { call } from './call';\n\n" + "\n".join(types + functions)


def main(argv: list[str]) -> int:
    """Write the client, or with `--check` compare it."""
    module, _, name = next((a for a in argv if ":" in a), "homeward.app.api.app:create_app").partition(":")
    app = getattr(importlib.import_module(module), name)
    # The description needs no workspace, so the factory is given none.
    text = client((app if hasattr(app, "openapi") else app(None)).openapi())
    return keep({TARGET: text})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
