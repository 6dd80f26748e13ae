"""What this processor computes fast, and how much of it this process may use."""

import os
from functools import lru_cache
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_CGROUP = Path("/sys/fs/cgroup/cpu.max")
_NVIDIA = Path("/dev/nvidiactl")
_BFLOAT16 = frozenset({"avx512_bf16", "amx_bf16", "bf16"})
_INT8 = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})


def has_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16; where that cannot be told, it does not."""
    return bool(_BFLOAT16 & _instructions())


def has_int8() -> bool:
    """Whether it adds products of 8-bit numbers without overflow; else they must be smaller."""
    return bool(_INT8 & _instructions())


def has_cuda() -> bool:
    """Whether there is a GPU that torch may know; only Linux shows that without importing it."""
    return _NVIDIA.exists()


def computes_bfloat16() -> bool:
    """Whether the processor or a GPU multiplies in it."""
    return has_bfloat16() or has_cuda()


def usable_cores() -> int:
    """Cores this process may use: its affinity, and its share where a container caps it."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    if _CGROUP.exists():
        quota, period = _CGROUP.read_text().split()
        if quota != "max":
            cores = min(cores, max(1, round(int(quota) / int(period))))
    return cores


@lru_cache(maxsize=1)
def _instructions() -> frozenset[str]:
    """The words of the first processor's line of flags; none where the system does not say."""
    if not _CPUINFO.exists():
        return frozenset()
    for line in _CPUINFO.read_text().splitlines():
        if line.startswith(("flags", "Features")):
            return frozenset(line.split())
    return frozenset()
