#!/usr/bin/env bash
# Shows, on a machine without a GPU, that a CUDA build loads: infra/natives/prove.sh [cu118|cu124]
# Downloads some gigabytes, unpacks as many, and takes minutes; for the night. Needs a C compiler and nm.
# A stub stands in for the driver's library: each of its functions says that there is no device. With it, and then
# without any driver, the golden tests run on the build's CPU device.
set -euo pipefail

flavor="${1:-cu118}"
repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
for tool in cc nm mvn; do
  command -v "$tool" >/dev/null || { echo "prove: $tool is not found; install it" >&2; exit 3; }
done
[[ "$(uname -sm)" == "Linux x86_64" ]] || { echo "prove: CUDA builds are for Linux on x86-64" >&2; exit 3; }
if ldconfig -p | grep -q 'libcuda\.so\.1'; then
  echo "prove: this machine has a driver; on it infra/run bench device shows more" >&2
  exit 3
fi

cd "$repository"
folder="$repository/infra/natives/target/proof-$flavor"
mkdir -p "$folder/driver"
cache="${DJL_CACHE_DIR:-$folder/cache}"
tests=(-B -q -Dfast "-P$flavor" -pl nas-core -am test '-Dtest=*GoldenTest,CudaBuildTest'
  -Dsurefire.failIfNoSpecifiedTests=false "-Ddartboard.proof=$flavor")

# oneDNN of PyTorch 2.4 to 2.7 takes wrong input gradients of a 1x7 convolution of few pixels with AVX2 and AVX-512 (the
# golden tests of conv_7x1_1x7 show it); its older kernels are right. The GPU's half is not concerned.
[[ "$flavor" == cu118 ]] || export ONEDNN_MAX_CPU_ISA=SSE41

echo "Without a driver: the build computes on the CPU"
DJL_CACHE_DIR="$cache" mvn "${tests[@]}" -Ddartboard.proof.driver=none

# Whatever the libraries want of the driver, under its own name.
nm -D --undefined-only "$cache"/dartboard/*-"$flavor"-*/*/*.so* |
  sed -n 's/^ *[Uw] \(cu[A-Z][A-Za-z0-9_]*\).*/\1/p' | sort -u >"$folder/functions"
printf 'cu%s\n' Init DriverGetVersion DeviceGet DeviceGetCount DeviceGetAttribute DeviceGetName |
  sort -u - "$folder/functions" | sed 's/.*/int &(void) { return 100; }/' >"$folder/driver.c"
cc -shared -fPIC -Wl,-soname,libcuda.so.1 -o "$folder/driver/libcuda.so.1" "$folder/driver.c"

echo "With a stub of $(wc -l <"$folder/driver.c") functions for the driver: all of CUDA is loaded"
DJL_CACHE_DIR="$cache" LD_LIBRARY_PATH="$folder/driver" mvn "${tests[@]}" -Ddartboard.proof.driver=stub
echo "$flavor loads, and its CPU device passes the golden tests"
