#!/usr/bin/env bash
# Prints the list of a CUDA build's files: infra/natives/list.sh <natives jar> <redistributable jar> <library> ...
# NVIDIA's libraries are named in the order in which they are loaded, each after what it needs.
set -euo pipefail

natives="$1"
redist="$2"
shift 2

line() {
  printf '%s %12d %s\n' "$(unzip -p "$1" "$2" | sha256sum | cut -d' ' -f1)" "$(unzip -p "$1" "$2" | wc -c)" "$2"
}

echo "# PyTorch: $(basename "$natives")"
unzip -Z1 "$natives" 'pytorch/*.so*' | sort | while read -r entry; do line "$natives" "$entry"; done
echo "# NVIDIA: $(basename "$redist"), in the order of loading"
for library in "$@"; do line "$redist" "org/bytedeco/cuda/linux-x86_64/$library"; done
